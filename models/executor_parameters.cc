#include <cmath>

#include "data/grid.h"
#include "models/executor.h"

namespace recombine {
namespace {

constexpr float kCells = 0.1F;      ///< deviation of what colours add to a token
constexpr float kPlaces = 0.4F;     ///< deviation of what places add
constexpr float kPointers = 0.25F;  ///< deviation of the keys of rows and columns

/// Collects specs under a name with a prefix.
struct Collector {
  std::vector<ParameterSpec>& specs;
  std::int64_t width;

  void linear(
      const std::string& name, std::int64_t out, std::int64_t in, int parts = 1, float gain = 1) {
    specs.push_back({name + ".weight", {out, in}, fan_in_bound(in, gain), 0, parts});
    specs.push_back({name + ".bias", {out}});
  }
  void norm(const std::string& name) {
    specs.push_back({name + ".weight", {width}, 0, 1});
    specs.push_back({name + ".bias", {width}});
  }
  void normal(const std::string& name, std::vector<std::int64_t> shape, float deviation) {
    specs.push_back({name, std::move(shape), 0, 0, 0, deviation});
  }
};

/// What makes tokens of boards of one kind: features of cells, places, the object's frame.
void add_tokens(Collector& to,
                const std::string& name,
                std::int64_t cells,
                const BoardShape& board,
                bool frame) {
  to.normal(name + ".cells", {to.width, cells * (kColours + 1)}, kCells);
  if (!frame) return;
  for (const char* axis : {".frame_rows", ".frame_columns"})
    to.normal(name + axis, {2, 2 * board.side - 1, to.width}, kPlaces / 2);
}

void add_places(Collector& to, const std::string& name, std::int64_t cells, std::int64_t n) {
  to.normal(name + ".scene", {to.width, cells * kColours}, kCells);
  to.normal(name + ".row", {n, to.width}, kPlaces);
  to.normal(name + ".column", {n, to.width}, kPlaces);
}

void add_block(Collector& to, const std::string& name, std::int64_t hidden, float out_gain) {
  to.linear(name + ".qkv", 3 * to.width, to.width, 3);
  to.linear(name + ".out", to.width, to.width, 1, out_gain);
  to.linear(name + ".feed_in", hidden, to.width);
  to.linear(name + ".feed_out", to.width, hidden, 1, out_gain);
}

void add_pointer(Collector& to, const ModelConfig& config, const BoardShape& board) {
  for (const char* axis : {"rows", "columns"}) {
    to.normal(cat("pointer.", axis), {board.side, config.pointer_width}, kPointers);
    to.specs.push_back({cat("pointer.bias_", axis), {2 * board.side - 1}});
    if (config.frame)
      to.normal(cat("pointer.frame_", axis), {2, 2 * board.side - 1, config.pointer_width},
                kPointers);
  }
}

}  // namespace

std::vector<ParameterSpec> executor_parameters(const ModelConfig& config, const TaskShape& shape) {
  std::vector<ParameterSpec> specs;
  Collector to{specs, config.width};
  const BoardShape board{shape.side, config.patch};
  const std::int64_t cells = board.patch_cells();
  const auto out_gain = [](int blocks) { return 1 / std::sqrt(2.0F * static_cast<float>(blocks)); };
  for (const char* name : {"pairs.input", "pairs.output", "boards"})
    add_tokens(to, name, cells, board, config.frame);
  add_places(to, "pairs", cells, board.patches_a_side());
  add_places(to, "boards", cells, board.patches_a_side());
  for (int i = 0; i < config.encoder_blocks(); ++i) {
    const std::string name = cat("infer.", i);
    to.norm(name + ".attention_norm");
    to.norm(name + ".feed_norm");
    add_block(to, name, config.feed_forward, out_gain(config.encoder_blocks()));
  }
  to.norm("infer.norm");
  to.normal("rule.role", {3, to.width}, kCells);
  to.linear("rule.in", 2 * to.width, to.width);
  to.linear("rule.out", to.width, 2 * to.width);
  to.norm("rule.norm");
  for (int i = 0; i < config.decoder_blocks(); ++i) {
    const std::string name = cat("execute.", i);
    to.linear(name + ".modulation", 4 * to.width + config.feed_forward, to.width, 0, 0.5F);
    add_block(to, name, config.feed_forward, out_gain(config.decoder_blocks()));
  }
  to.norm("execute.norm");
  to.linear("head", cells * pointer_numbers(config.pointer_width), to.width, 0, 0.5F);
  add_pointer(to, config, board);
  return in_storage_order(std::move(specs));
}

}  // namespace recombine
