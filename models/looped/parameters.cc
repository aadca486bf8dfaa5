#include "data/error.h"
#include "data/grid.h"
#include "models/layers/cross_attention.h"
#include "models/layers/pointer.h"
#include "models/looped/looped.h"
#include "models/weights/parameter_collector.h"

namespace recombine {
namespace {

constexpr float kCells = 0.1F;      ///< deviation of what colours add to a token
constexpr float kPositions = 0.4F;  ///< deviation of what positions and turns add

void add_perceptron(ParameterCollector& to, const std::string& name) {
  to.linear(name + ".in", 2 * to.width, to.width);
  to.linear(name + ".out", to.width, 2 * to.width);
}

void add_grid_tokens(ParameterCollector& to,
                     const std::string& name,
                     const ModelConfig& config,
                     const GridShape& shape) {
  if (config.study_mean)
    to.normal(name + ".mean", {to.width, shape.patch_cells() * kColours}, kCells);
  to.normal(name + ".row", {shape.patches_a_side(), to.width}, kPositions);
  to.normal(name + ".column", {shape.patches_a_side(), to.width}, kPositions);
}

}  // namespace

std::vector<ParameterSpec> looped_parameters(const ModelConfig& config, const TaskShape& task) {
  std::vector<ParameterSpec> specs;
  ParameterCollector to{specs, config.width};
  const GridShape shape{.side = task.side, .patch = config.patch};
  const std::int64_t features = shape.patch_cells() * (kColours + (config.occupancy ? 1 : 0));
  const bool vectors = config.conditioning == "vector";
  for (const char* name : {"pairs.input", "pairs.output", "boards.cells", "boards.given"})
    to.normal(name, {to.width, features}, kCells);
  add_grid_tokens(to, "pairs", config, shape);
  add_grid_tokens(to, "boards", config, shape);
  to.normal("pairs.place", {task.study, to.width}, kPositions);
  if (config.turn_numbers) to.normal("boards.turn", {config.turns, to.width}, kPositions);
  if (config.state == "both") to.normal("boards.handed", {to.width, to.width}, kCells);
  to.encoder("study", config.feed_forward, config.encoder_blocks());
  if (vectors) {
    specs.push_back({.name = "choose.key",  // a bias would add the same to all pairs
                     .shape = {to.width, to.width},
                     .bound = fan_in_bound(to.width),
                     .matrix_parts = 1});
    add_perceptron(to, "choose.ask");
    add_perceptron(to, "choose.make");
    to.norm("choose.norm");
  }
  for (int i = 0; i < config.decoder_blocks(); ++i) {
    const std::string name = cat("turn.", i);
    if (vectors)
      to.linear(name + ".modulation", 4 * to.width + config.feed_forward, to.width, 0, 0.5F);
    if (!vectors) add_cross_attention(to, name, config.decoder_blocks());
    to.block(name, config.feed_forward, config.decoder_blocks());
  }
  to.norm("turn.norm");
  const std::int64_t numbers = config.pointers ? pointer_numbers(config.pointer_width) : kColours;
  to.linear("head", shape.patch_cells() * numbers, to.width, 0, 0.5F);
  if (config.pointers) add_pointer(to, {.side = shape.side, .width = config.pointer_width});
  return in_storage_order(std::move(specs));
}

}  // namespace recombine
