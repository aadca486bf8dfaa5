#include "models/modulated.h"

#include "models/attention.h"

namespace recombine {
namespace {

torch::Tensor modulated_norm(const torch::Tensor& x,
                             const torch::Tensor& scale,
                             const torch::Tensor& shift) {
  const torch::Tensor normed = at::layer_norm(x, {x.size(-1)}, {}, {}, 1e-5, false);
  return at::addcmul(shift.unsqueeze(1), normed, scale.unsqueeze(1) + 1);
}

}  // namespace

Modulation modulation(const torch::Tensor& vectors,
                      const torch::Tensor& weight,
                      const torch::Tensor& bias) {
  const std::int64_t width = vectors.size(-1);
  const torch::Tensor all = at::linear(vectors, weight, bias);  // [N, 4 D + F]
  const auto part = [&](std::int64_t number) { return all.narrow(-1, number * width, width); };
  return {part(0), part(1), part(2), part(3), all.narrow(-1, 4 * width, all.size(-1) - 4 * width)};
}

torch::Tensor ModulatedBlock::operator()(const torch::Tensor& x,
                                         const Modulation& by,
                                         std::int64_t heads) const {
  const SelfAttention attention{qkv_weight, qkv_bias, out_weight, out_bias};
  const torch::Tensor y =
      x + attention(modulated_norm(x, by.scale_attention, by.shift_attention), heads, {});
  const torch::Tensor hidden = at::gelu(
      at::linear(modulated_norm(y, by.scale_feed, by.shift_feed), feed_in_weight, feed_in_bias),
      "tanh");
  return y + at::linear(hidden * (by.factor.unsqueeze(1) + 1), feed_out_weight, feed_out_bias);
}

}  // namespace recombine
