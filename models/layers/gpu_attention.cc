#include "models/layers/gpu_attention.h"

#include <limits>

namespace recombine {
namespace {

using torch::Tensor;

constexpr std::int64_t kHeadStep = 8;    ///< numbers of a head that the kernels read at a time
constexpr std::int64_t kQueryStep = 32;  ///< log sums come in so many, in float32

/// [R, L, D] -> [R, H, L, K], and back.
Tensor by_head(const Tensor& x, std::int64_t heads) {
  return x.unflatten(-1, {heads, -1}).transpose(1, 2);
}
Tensor side_by_side(const Tensor& x) { return x.transpose(1, 2).flatten(2); }

/// What the kernels ask for, and only dropout would use.
Tensor no_random_words(const Tensor& x) {
  return at::empty({2}, torch::TensorOptions(torch::kInt64).device(x.device()));
}

struct Heads {
  Tensor query, key, value;
};

Heads heads_of(const Attention& all) {
  return {by_head(all.query, all.heads), by_head(all.key, all.heads),
          by_head(all.value, all.heads)};
}

Attended in_flash(const Heads& of, bool causal) {
  const auto made =
      at::_scaled_dot_product_flash_attention(of.query, of.key, of.value, 0, causal, false);
  return {side_by_side(std::get<0>(made)), std::get<1>(made)};
}

AttentionGradients flash_gradients(const Heads& of,
                                   bool causal,
                                   const Attended& whole,
                                   const Tensor& dmixed) {
  const std::int64_t heads = of.query.size(1);
  const auto [query, key, value] = at::_scaled_dot_product_flash_attention_backward(
      by_head(dmixed, heads), of.query, of.key, of.value, by_head(whole.mixed, heads),
      whole.log_sums.contiguous(), {}, {}, of.query.size(2), of.key.size(2), 0, causal,
      no_random_words(of.query), no_random_words(of.query));
  return {side_by_side(query), side_by_side(key), side_by_side(value), {}};
}

Attended in_little_memory(const Heads& of, bool causal) {
  const auto made =
      at::_scaled_dot_product_efficient_attention(of.query, of.key, of.value, {}, true, 0, causal);
  return {side_by_side(std::get<0>(made)), std::get<1>(made).narrow(2, 0, of.query.size(2))};
}

AttentionGradients little_memory_gradients(const Heads& of,
                                           bool causal,
                                           const Attended& whole,
                                           const Tensor& dmixed) {
  const std::int64_t heads = of.query.size(1);
  const std::int64_t rest = (kQueryStep - of.query.size(2) % kQueryStep) % kQueryStep;
  const Tensor log_sums =
      at::constant_pad_nd(whole.log_sums, {0, rest}, std::numeric_limits<float>::infinity());
  const auto made = at::_scaled_dot_product_efficient_attention_backward(
      by_head(dmixed, heads), of.query, of.key, of.value, {}, by_head(whole.mixed, heads),
      log_sums.contiguous(), no_random_words(of.query).select(0, 0),
      no_random_words(of.query).select(0, 1), 0, {true, true, true, false}, causal);
  return {side_by_side(std::get<0>(made)),
          side_by_side(std::get<1>(made)),
          side_by_side(std::get<2>(made)),
          {}};
}

bool in_halves(const Attention& all) { return all.query.scalar_type() == torch::kBFloat16; }

}  // namespace

bool fits_gpu(const Attention& attention) {
  const torch::ScalarType type = attention.query.scalar_type();
  const auto plain = [&](const Tensor& x) { return x.is_cuda() && x.scalar_type() == type; };
  return (type == torch::kBFloat16 || type == torch::kFloat) && plain(attention.query) &&
         plain(attention.key) && plain(attention.value) && !attention.bias.defined() &&
         attention.query.size(-1) % (attention.heads * kHeadStep) == 0;
}

Attended attended_on_gpu(const Attention& attention) {
  const Heads of = heads_of(attention);
  return in_halves(attention) ? in_flash(of, attention.causal)
                              : in_little_memory(of, attention.causal);
}

AttentionGradients attention_gradients_on_gpu(const Attention& attention,
                                              const Attended& whole,
                                              const Tensor& dmixed) {
  const Heads of = heads_of(attention);
  return in_halves(attention) ? flash_gradients(of, attention.causal, whole, dmixed)
                              : little_memory_gradients(of, attention.causal, whole, dmixed);
}

}  // namespace recombine
