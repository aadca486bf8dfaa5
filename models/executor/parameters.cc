#include "data/error.h"
#include "data/grid.h"
#include "models/executor/executor.h"
#include "models/executor/section_sorter.h"
#include "models/layers/cross_attention.h"
#include "models/layers/pointer.h"
#include "models/weights/parameter_collector.h"

namespace recombine {
namespace {

constexpr float kCells = 0.1F;      ///< deviation of what colours add to a token
constexpr float kPositions = 0.4F;  ///< deviation of what positions add
constexpr float kStates = 0.1F;     ///< deviation of what a latent state adds to a token of a pair

bool is_relative(const ModelConfig& config) { return config.places == "relative"; }

/// Distances from the object that are told apart.
std::int64_t object_distances(const ModelConfig& config, const GridShape& shape) {
  return 2 * (is_relative(config) ? config.reach : shape.side - 1) + 1;
}

/// A table for places_along().
void add_places(ParameterCollector& to,
                const std::string& name,
                const ModelConfig& config,
                std::int64_t positions,
                std::int64_t width,
                float deviation) {
  if (is_relative(config)) {
    to.normal(name, {2, kBoardDistances, width}, deviation);
  } else {
    to.normal(name, {positions, width}, deviation);
  }
}

/// What makes tokens of one kind of grid: features of cells, the object's bounding box.
void add_tokens(ParameterCollector& to,
                const std::string& name,
                const ModelConfig& config,
                const GridShape& shape) {
  const std::int64_t features = kColours + (config.occupancy ? 1 : 0);
  to.normal(name + ".cells", {to.width, shape.patch_cells() * features}, kCells);
  if (!config.bounding_box) return;
  for (const char* axis : {".frame_rows", ".frame_columns"})
    to.normal(name + axis, {2, object_distances(config, shape), to.width}, kPositions / 2);
}

/// What tokens have besides: the indicator, positions.
void add_positions(ParameterCollector& to,
                   const std::string& name,
                   bool indicator,
                   const ModelConfig& config,
                   const GridShape& shape) {
  if (indicator) to.normal(name + ".scene", {to.width, shape.patch_cells() * kColours}, kCells);
  for (const char* axis : {".row", ".column"})
    add_places(to, name + axis, config, shape.patches_a_side(), to.width, kPositions);
}

void add_rule_vector(ParameterCollector& to) {
  to.linear("rule.in", 2 * to.width, to.width);
  to.linear("rule.out", to.width, 2 * to.width);
  to.norm("rule.norm");
}

void add_section_sorter(ParameterCollector& to, const ModelConfig& config, const GridShape& shape) {
  add_tokens(to, "sections.input", config, shape);
  add_tokens(to, "sections.output", config, shape);
  add_positions(to, "sections", false, config, shape);
  to.encoder("sections.pair", config.feed_forward, config.encoder_blocks());
  to.encoder("sections.set", config.feed_forward, kComparingBlocks);
  to.linear("sections.head", static_cast<std::int64_t>(kStudySections.size()), to.width, 0, 0.5F);
}

}  // namespace

std::vector<ParameterSpec> executor_parameters(const ModelConfig& config, const TaskShape& task) {
  std::vector<ParameterSpec> specs;
  ParameterCollector to{specs, config.width};
  const GridShape shape{.side = task.side, .patch = config.patch};
  const bool latent = config.state == "latent";
  if (!latent) add_tokens(to, "pairs.input", config, shape);
  if (latent) to.normal("pairs.state", {to.width, to.width}, kStates);
  add_tokens(to, "pairs.output", config, shape);
  add_tokens(to, "boards", config, shape);
  add_positions(to, "pairs", config.indicator, config, shape);
  add_positions(to, "boards", config.indicator, config, shape);
  to.encoder("infer", config.feed_forward, config.encoder_blocks());
  to.normal("rule.role", {3, to.width}, kCells);
  const bool vectors = config.conditioning == "vector";
  if (vectors) add_rule_vector(to);
  for (int i = 0; i < config.decoder_blocks(); ++i) {
    const std::string name = cat("execute.", i);
    if (vectors)
      to.linear(name + ".modulation", 4 * to.width + config.feed_forward, to.width, 0, 0.5F);
    if (!vectors) add_cross_attention(to, name, config.decoder_blocks());
    to.block(name, config.feed_forward, config.decoder_blocks());
  }
  to.norm("execute.norm");
  const std::int64_t numbers = config.pointers ? pointer_numbers(config.pointer_width) : kColours;
  to.linear("head", shape.patch_cells() * numbers, to.width, 0, 0.5F);
  if (config.pointers) {
    add_pointer(to, {.side = shape.side,
                     .width = config.pointer_width,
                     .bounding_box = config.bounding_box,
                     .reach = is_relative(config) ? config.reach : 0});
  }
  if (config.sections == "hidden") add_section_sorter(to, config, shape);
  if (config.library > 0) to.normal(kLibraryWeight, {config.library, to.width}, 1);
  return in_storage_order(std::move(specs));
}

}  // namespace recombine
