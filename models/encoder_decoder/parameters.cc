#include <cmath>

#include "models/encoder_decoder/encoder_decoder.h"

namespace recombine {
namespace {

/// Xavier's bound of a matrix [out, in].
float xavier_bound(std::int64_t out, std::int64_t in) {
  return std::sqrt(6.0F / static_cast<float>(out + in));
}

/// The bound of a linear layer's bias.
float bias_bound(std::int64_t fan_in) { return 1 / std::sqrt(static_cast<float>(fan_in)); }

/// Collects the layers of a stack. Its layers begin as copies of one, of which only the matrices
/// are drawn anew, so biases of the feed-forward parts are like those of the first layer.
struct Stack {
  std::vector<ParameterSpec>& specs;
  std::int64_t width;
  std::int64_t hidden;
  std::string name;

  std::string layer(int number, const char* sublayer) const {
    return cat(name, ".layers.", number, ".", sublayer);
  }
  void norm(const std::string& of) {
    specs.push_back({.name = of + ".weight", .shape = {width}, .constant = 1});
    specs.push_back({.name = of + ".bias", .shape = {width}});
  }
  void attention(const std::string& of) {
    specs.push_back({.name = of + ".in_proj_weight",
                     .shape = {3 * width, width},
                     .bound = xavier_bound(3 * width, width),
                     .matrix_parts = 3});
    specs.push_back({.name = of + ".in_proj_bias", .shape = {3 * width}});
    specs.push_back({.name = of + ".out_proj.weight",
                     .shape = {width, width},
                     .bound = xavier_bound(width, width),
                     .matrix_parts = 1});
    specs.push_back({.name = of + ".out_proj.bias", .shape = {width}});
  }
  void linear(int number, const char* sublayer, std::int64_t out, std::int64_t in) {
    const std::string first = layer(0, sublayer) + ".bias";
    specs.push_back({.name = layer(number, sublayer) + ".weight",
                     .shape = {out, in},
                     .bound = xavier_bound(out, in),
                     .matrix_parts = 1});
    specs.push_back({.name = layer(number, sublayer) + ".bias",
                     .shape = {out},
                     .bound = bias_bound(in),
                     .like = number == 0 ? std::string() : first});
  }
  void feed_forward(int number) {
    linear(number, "linear1", hidden, width);
    linear(number, "linear2", width, hidden);
  }
};

void add_encoder(Stack stack, int layers) {
  for (int i = 0; i < layers; ++i) {
    stack.attention(stack.layer(i, "self_attn"));
    stack.feed_forward(i);
    for (const char* norm : {"norm1", "norm2"}) stack.norm(stack.layer(i, norm));
  }
  stack.norm(stack.name + ".norm");
}

void add_decoder(Stack stack, int layers) {
  for (int i = 0; i < layers; ++i) {
    stack.attention(stack.layer(i, "self_attn"));
    stack.attention(stack.layer(i, "multihead_attn"));
    stack.feed_forward(i);
    for (const char* norm : {"norm1", "norm2", "norm3"}) stack.norm(stack.layer(i, norm));
  }
  stack.norm(stack.name + ".norm");
}

}  // namespace

std::vector<ParameterSpec> encoder_decoder_parameters(const ModelConfig& config,
                                                      const TaskShape& shape,
                                                      const PatchTokens& tokens) {
  const std::int64_t width = config.width;
  const std::int64_t side = shape.side / config.patch;
  const std::int64_t positions = tokens.study_length() * shape.study + tokens.query_length();
  std::vector<ParameterSpec> specs;
  add_encoder({specs, width, config.feed_forward, "transformer.encoder"}, config.encoder_blocks());
  add_decoder({specs, width, config.feed_forward, "transformer.decoder"}, config.decoder_blocks());
  const auto table = [&](const char* name, std::vector<std::int64_t> sizes) {
    specs.push_back({.name = name, .shape = std::move(sizes), .deviation = 1});
  };
  table("positional_encoding.row_embed", {side, width});
  table("positional_encoding.col_embed", {side, width});
  table("positional_encoding.positional_1d.pos_embedding", {1, positions, width});
  table("input_embedding.weight", {tokens.rows(), width});
  table("output_embedding.weight", {tokens.rows(), width});
  specs.push_back(
      {.name = "out.weight", .shape = {tokens.outputs(), width}, .bound = bias_bound(width)});
  specs.push_back({.name = "out.bias", .shape = {tokens.outputs()}, .bound = bias_bound(width)});
  return in_storage_order(std::move(specs));
}

}  // namespace recombine
