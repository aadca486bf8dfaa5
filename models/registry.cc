#include <algorithm>
#include <array>
#include <vector>

#include "data/text.h"
#include "models/model.h"
#include "models/names.h"

namespace recombine {

std::shared_ptr<Model> make_fast_model(const ModelConfig& config,
                                       const TaskShape& shape,
                                       std::uint64_t seed);

std::shared_ptr<Model> make_executor_model(const ModelConfig& config,
                                           const TaskShape& shape,
                                           std::uint64_t seed);

std::shared_ptr<Model> make_reference_model(const ModelConfig& config,
                                            const TaskShape& shape,
                                            std::uint64_t seed);

std::shared_ptr<Model> make_shared_model(const ModelConfig& config,
                                         const TaskShape& shape,
                                         std::uint64_t seed);

std::shared_ptr<Model> make_gpt_model(const ModelConfig& config,
                                      const TaskShape& shape,
                                      std::uint64_t seed);

namespace {

// To add a model: a declaration above and a line here, in the order of names.h.
constexpr std::array kModels = {
    ModelEntry{kModelNames[0].name, kModelNames[0].summary, make_fast_model},
    ModelEntry{kModelNames[1].name, kModelNames[1].summary, make_executor_model},
    ModelEntry{kModelNames[2].name, kModelNames[2].summary, make_reference_model},
    ModelEntry{kModelNames[3].name, kModelNames[3].summary, make_shared_model},
    ModelEntry{kModelNames[4].name, kModelNames[4].summary, make_gpt_model},
};
static_assert(kModels.size() == kModelNames.size());

}  // namespace

std::span<const ModelEntry> model_entries() { return kModels; }

const ModelEntry& find_model(std::string_view name) {
  std::vector<std::string> known;
  for (const ModelEntry& entry : kModels) {
    if (entry.name == name) return entry;
    known.emplace_back(entry.name);
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

}  // namespace recombine
