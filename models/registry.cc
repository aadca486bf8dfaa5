#include "models/registry.h"

#include <array>
#include <string>
#include <vector>

#include "data/error.h"
#include "data/text.h"
#include "models/entry.h"

namespace recombine {
namespace {

struct Registered {
  std::string_view name;
  const ModelEntry* entry;
};

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define RECOMBINE_REGISTERED(name, family, summary) Registered{#name, &name##_model},
constexpr std::array kModels = {RECOMBINE_MODELS(RECOMBINE_REGISTERED)};
#undef RECOMBINE_REGISTERED

}  // namespace

const ModelEntry& find_model(std::string_view name) {
  std::vector<std::string> known;
  for (const Registered& model : kModels) {
    if (model.name == name) return *model.entry;
    known.emplace_back(model.name);
  }
  throw InputError(cat("--model.name ", name, ": is not known; did you mean '",
                       nearest_name(std::string(name), known), "'?"));
}

std::shared_ptr<Model> make_model(const ModelConfig& config,
                                  const TaskShape& shape,
                                  std::uint64_t seed) {
  config.validate();
  return find_model(config.name).make(config, shape, seed);
}

void check_episodes(const ModelConfig& config, const EpisodeDemands& demands) {
  const ModelEntry& entry = find_model(config.name);
  const bool usual = demands.rules == static_cast<int>(kUsualRoles);
  require(usual || (entry.reads_more_rules(config) && !demands.learns), "the data has episodes of ",
          demands.rules, " rules, and the model ", config.name, " ",
          demands.learns ? "learns from" : "reads",
          " those of three; generate grids --indicators 1, or answer by an executor with a library "
          "(convert --library)");
  entry.check_data(config, demands);
}

bool reads_shape(const ModelConfig& config, const TaskShape& made, const TaskShape& asked) {
  const ModelEntry& entry = find_model(config.name);
  return (made.side == asked.side || entry.reads_side(config, asked.side)) &&
         (made.study == asked.study || entry.reads_any_study(config));
}

double training_flops(const ModelConfig& config,
                      const TaskShape& shape,
                      const std::vector<Roles>& study,
                      const std::vector<QueryKind>& queries) {
  const auto flops = find_model(config.name).training_flops;
  require(flops != nullptr, "the cost of the model ", config.name, " is not known");
  return flops(config, shape, study, queries);
}

}  // namespace recombine
