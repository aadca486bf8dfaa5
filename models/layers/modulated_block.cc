#include "models/layers/modulated_block.h"

#include "models/fused/functions.h"
#include "models/layers/attention.h"

namespace recombine {
namespace {

torch::Tensor normed(const torch::Tensor& x,
                     const torch::Tensor& scale,
                     const torch::Tensor& shift) {
  if (!scale.defined()) return at::layer_norm(x, {x.size(-1)});
  return modulated_norm(x, scale, shift);
}

}  // namespace

Modulation modulation(const torch::Tensor& vectors,
                      const torch::Tensor& weight,
                      const torch::Tensor& bias) {
  const std::int64_t width = vectors.size(-1);
  const torch::Tensor all = at::linear(vectors, weight, bias);  // [R, 4 D + hidden]
  const auto piece = [&](std::int64_t number) { return all.narrow(-1, number * width, width); };
  return {.scale_attention = piece(0),
          .shift_attention = piece(1),
          .scale_feed = piece(2),
          .shift_feed = piece(3),
          .factor = all.narrow(-1, 4 * width, all.size(-1) - 4 * width)};
}

GuidedBlock guided_block(const WeightTable& weights, const std::string& name, bool by_vector) {
  const auto at = [&](const char* part) { return weights.at(name + part); };
  GuidedBlock bound{.block = {.qkv_weight = at(".qkv.weight"),
                              .qkv_bias = at(".qkv.bias"),
                              .out_weight = at(".out.weight"),
                              .out_bias = at(".out.bias"),
                              .feed_in_weight = at(".feed_in.weight"),
                              .feed_in_bias = at(".feed_in.bias"),
                              .feed_out_weight = at(".feed_out.weight"),
                              .feed_out_bias = at(".feed_out.bias")},
                    .modulation_weight = {},
                    .modulation_bias = {},
                    .look = {}};
  if (by_vector) {
    bound.modulation_weight = at(".modulation.weight");
    bound.modulation_bias = at(".modulation.bias");
  } else {
    bound.look.emplace(weights, name);
  }
  return bound;
}

torch::Tensor ModulatedBlock::operator()(const torch::Tensor& x,
                                         const Modulation& by,
                                         std::int64_t heads) const {
  const SelfAttention attention{qkv_weight, qkv_bias, out_weight, out_bias};
  const torch::Tensor y =
      x + attention(normed(x, by.scale_attention, by.shift_attention), heads, {});
  const torch::Tensor hidden =
      at::linear(normed(y, by.scale_feed, by.shift_feed), feed_in_weight, feed_in_bias);
  return y + at::linear(scaled_gelu(hidden, by.factor), feed_out_weight, feed_out_bias);
}

}  // namespace recombine
