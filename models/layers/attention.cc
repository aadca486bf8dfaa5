#include "models/layers/attention.h"

#include <cmath>

#include "models/fused/attention.h"
#include "models/fused/functions.h"

namespace recombine {

namespace {

/// [R, L, D] -> [R, H, L, K].
torch::Tensor split_heads(const torch::Tensor& x, std::int64_t heads) {
  return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2);
}

}  // namespace

torch::Tensor attention_weights(const torch::Tensor& query,
                                const torch::Tensor& key,
                                std::int64_t heads,
                                const torch::Tensor& bias) {
  const torch::Tensor q = split_heads(query, heads);
  const double scale = 1 / std::sqrt(static_cast<double>(q.size(-1)));
  torch::Tensor scores = at::matmul(q * scale, split_heads(key, heads).transpose(-2, -1));
  if (bias.defined()) scores = scores + bias;
  return at::softmax(scores, -1);
}

torch::Tensor attend(const torch::Tensor& query,
                     const torch::Tensor& key,
                     const torch::Tensor& value,
                     std::int64_t heads,
                     const torch::Tensor& bias,
                     bool causal) {
  const Attention whole{query, key, value, heads, bias, causal};
  return fits_tiles(whole) ? attend_in_tiles(whole) : attend_plain(whole);
}

torch::Tensor SelfAttention::operator()(const torch::Tensor& x,
                                        std::int64_t heads,
                                        const torch::Tensor& bias) const {
  const auto qkv = at::linear(x, qkv_weight, qkv_bias).chunk(3, -1);  // 3 of [R, L, D]
  return at::linear(attend(qkv[0], qkv[1], qkv[2], heads, bias), out_weight, out_bias);
}

torch::Tensor FeedForward::operator()(const torch::Tensor& x) const {
  const torch::Tensor hidden = at::linear(x, in_weight, in_bias);
  const torch::Tensor open = exact ? at::gelu(hidden) : scaled_gelu(hidden, {});
  return at::linear(open, out_weight, out_bias);
}

torch::Tensor Norm::operator()(const torch::Tensor& x) const {
  return at::layer_norm(x, {x.size(-1)}, weight, bias, 1e-5, false);
}

}  // namespace recombine
