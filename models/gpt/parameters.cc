#include <cmath>

#include "data/error.h"
#include "models/gpt/gpt.h"

namespace recombine {
namespace {

constexpr float kDeviation = 0.02F;

std::int64_t rows_of_table(const ModelConfig& config, const TaskShape& shape) {
  const std::int64_t tokens = shape.tokens + (config.vocabulary == "padded" ? kGpt2Tokens : 0);
  const std::int64_t multiple = config.vocabulary_multiple;
  return (tokens + multiple - 1) / multiple * multiple;
}

/// Collects specs: matrices of a linear map are for Muon, or decay; vectors do not.
struct Collector {
  std::vector<ParameterSpec>& specs;

  void linear(
      const std::string& name, std::int64_t out, std::int64_t in, float deviation, int parts = 1) {
    specs.push_back({.name = name + ".weight",
                     .shape = {out, in},
                     .matrix_parts = parts,
                     .deviation = deviation});
    specs.push_back({.name = name + ".bias", .shape = {out}});
  }
  void norm(const std::string& name, std::int64_t width) {
    specs.push_back({.name = name + ".weight", .shape = {width}, .constant = 1});
    specs.push_back({.name = name + ".bias", .shape = {width}});
  }
};

}  // namespace

std::vector<ParameterSpec> gpt_parameters(const ModelConfig& config, const TaskShape& shape) {
  const std::int64_t width = config.width;
  const std::int64_t positions = config.positions > 0 ? config.positions : shape.length;
  require(positions >= shape.length, "--model.positions ", config.positions,
          ": the longest item has ", shape.length, " tokens");
  std::vector<ParameterSpec> specs;
  Collector to{specs};
  specs.push_back({.name = "wte.weight",
                   .shape = {rows_of_table(config, shape), width},
                   .deviation = kDeviation});
  specs.push_back({.name = "wpe.weight", .shape = {positions, width}, .deviation = kDeviation});
  const float out_deviation = kDeviation / std::sqrt(2.0F * static_cast<float>(config.layers));
  for (int i = 0; i < config.layers; ++i) {
    const std::string name = cat("blocks.", i);
    to.norm(name + ".ln_1", width);
    to.linear(name + ".qkv", 3 * width, width, kDeviation, 3);
    to.linear(name + ".proj", width, width, out_deviation);
    to.norm(name + ".ln_2", width);
    to.linear(name + ".fc", config.feed_forward, width, kDeviation);
    to.linear(name + ".fc_proj", width, config.feed_forward, out_deviation);
  }
  to.norm("ln_f", width);
  return in_storage_order(std::move(specs));
}

}  // namespace recombine
