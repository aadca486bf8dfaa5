#include <cmath>

#include "data/error.h"
#include "data/grid.h"
#include "models/executor/executor.h"
#include "models/executor/pointer.h"
#include "models/executor/section_sorter.h"
#include "models/weights/parameter_collector.h"

namespace recombine {
namespace {

constexpr float kCells = 0.1F;      ///< deviation of what colours add to a token
constexpr float kPlaces = 0.4F;     ///< deviation of what places add
constexpr float kStates = 0.1F;     ///< deviation of what a latent state adds to a token of a pair
constexpr float kPointers = 0.25F;  ///< deviation of the keys of rows and columns

/// What makes tokens of boards of one kind: features of cells, the object's frame.
void add_tokens(ParameterCollector& to,
                const std::string& name,
                const ModelConfig& config,
                const BoardShape& board) {
  const std::int64_t features = kColours + (config.occupancy ? 1 : 0);
  to.normal(name + ".cells", {to.width, board.patch_cells() * features}, kCells);
  if (!config.bounding_box) return;
  for (const char* axis : {".frame_rows", ".frame_columns"})
    to.normal(name + axis, {2, 2 * board.side - 1, to.width}, kPlaces / 2);
}

/// What tokens have besides: the scene, places.
void add_places(ParameterCollector& to,
                const std::string& name,
                bool scene,
                const BoardShape& board) {
  if (scene) to.normal(name + ".scene", {to.width, board.patch_cells() * kColours}, kCells);
  to.normal(name + ".row", {board.patches_a_side(), to.width}, kPlaces);
  to.normal(name + ".column", {board.patches_a_side(), to.width}, kPlaces);
}

void add_pointer(ParameterCollector& to, const ModelConfig& config, const BoardShape& board) {
  for (const char* axis : {"rows", "columns"}) {
    to.normal(cat("pointer.", axis), {board.side, config.pointer_width}, kPointers);
    to.specs.push_back({cat("pointer.bias_", axis), {2 * board.side - 1}});
    if (config.bounding_box)
      to.normal(cat("pointer.frame_", axis), {2, 2 * board.side - 1, config.pointer_width},
                kPointers);
  }
}

void add_rule_vector(ParameterCollector& to) {
  to.linear("rule.in", 2 * to.width, to.width);
  to.linear("rule.out", to.width, 2 * to.width);
  to.norm("rule.norm");
}

void add_evidence_attention(ParameterCollector& to, const std::string& name, int blocks) {
  to.norm(name + ".look_norm");
  to.linear(name + ".look", to.width, to.width);
  to.linear(name + ".memory", 2 * to.width, to.width, 2);
  to.linear(name + ".seen", to.width, to.width, 1,
            1 / std::sqrt(2.0F * static_cast<float>(blocks)));
}

void add_section_sorter(ParameterCollector& to,
                        const ModelConfig& config,
                        const BoardShape& board) {
  add_tokens(to, "sections.input", config, board);
  add_tokens(to, "sections.output", config, board);
  add_places(to, "sections", false, board);
  to.encoder("sections.pair", config.feed_forward, config.encoder_blocks());
  to.encoder("sections.set", config.feed_forward, kComparingBlocks);
  to.linear("sections.head", static_cast<std::int64_t>(kStudySections.size()), to.width, 0, 0.5F);
}

}  // namespace

std::vector<ParameterSpec> executor_parameters(const ModelConfig& config, const TaskShape& shape) {
  std::vector<ParameterSpec> specs;
  ParameterCollector to{specs, config.width};
  const BoardShape board{shape.side, config.patch};
  const bool boards = config.state == "board";
  if (boards) add_tokens(to, "pairs.input", config, board);
  if (!boards) to.normal("pairs.state", {to.width, to.width}, kStates);
  add_tokens(to, "pairs.output", config, board);
  add_tokens(to, "boards", config, board);
  add_places(to, "pairs", config.indicator, board);
  add_places(to, "boards", config.indicator, board);
  to.encoder("infer", config.feed_forward, config.encoder_blocks());
  to.normal("rule.role", {3, to.width}, kCells);
  const bool vectors = config.conditioning == "vector";
  if (vectors) add_rule_vector(to);
  for (int i = 0; i < config.decoder_blocks(); ++i) {
    const std::string name = cat("execute.", i);
    if (vectors)
      to.linear(name + ".modulation", 4 * to.width + config.feed_forward, to.width, 0, 0.5F);
    if (!vectors) add_evidence_attention(to, name, config.decoder_blocks());
    to.block(name, config.feed_forward, config.decoder_blocks());
  }
  to.norm("execute.norm");
  const std::int64_t numbers = config.pointers ? pointer_numbers(config.pointer_width) : kColours;
  to.linear("head", board.patch_cells() * numbers, to.width, 0, 0.5F);
  if (config.pointers) add_pointer(to, config, board);
  if (config.sections == "hidden") add_section_sorter(to, config, board);
  return in_storage_order(std::move(specs));
}

}  // namespace recombine
