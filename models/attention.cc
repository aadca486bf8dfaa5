#include "models/attention.h"

#include <cmath>

namespace recombine {

torch::Tensor attend(const torch::Tensor& query,
                     const torch::Tensor& key,
                     const torch::Tensor& value,
                     std::int64_t heads,
                     const torch::Tensor& bias) {
  const auto split = [heads](const torch::Tensor& x) {
    return x.view({x.size(0), x.size(1), heads, x.size(2) / heads})
        .transpose(1, 2);  // [N, H, L, K]
  };
  c10::optional<torch::Tensor> mask;
  if (bias.defined()) mask = bias.unsqueeze(0);  // [1, H, L, T]
  const torch::Tensor mixed =
      at::scaled_dot_product_attention(split(query), split(key), split(value), mask);
  return mixed.transpose(1, 2).reshape(query.sizes());
}

torch::Tensor SelfAttention::operator()(const torch::Tensor& x,
                                        std::int64_t heads,
                                        const torch::Tensor& bias) const {
  const auto qkv = at::linear(x, qkv_weight, qkv_bias).chunk(3, -1);  // 3 of [N, L, D]
  return at::linear(attend(qkv[0], qkv[1], qkv[2], heads, bias), out_weight, out_bias);
}

torch::Tensor FeedForward::operator()(const torch::Tensor& x) const {
  return at::linear(at::gelu(at::linear(x, in_weight, in_bias), "tanh"), out_weight, out_bias);
}

torch::Tensor Norm::operator()(const torch::Tensor& x) const {
  return at::layer_norm(x, {x.size(-1)}, weight, bias, 1e-5, false);
}

}  // namespace recombine
