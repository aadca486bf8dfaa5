#include "models/layers/encoder.h"

#include "data/error.h"
#include "models/fused/functions.h"
#include "models/layers/attention.h"

namespace recombine {

torch::Tensor encode(const WeightTable& weights,
                     const std::string& name,
                     int blocks,
                     std::int64_t heads,
                     torch::Tensor x) {
  const auto at = [&](const std::string& part) { return weights.at(cat(name, ".", part)); };
  const auto norm = [&](const std::string& part) {
    return Norm{at(part + ".weight"), at(part + ".bias")};
  };
  for (int i = 0; i < blocks; ++i) {
    const std::string block = std::to_string(i);
    const SelfAttention attention{at(block + ".qkv.weight"), at(block + ".qkv.bias"),
                                  at(block + ".out.weight"), at(block + ".out.bias")};
    x = x + attention(norm(block + ".attention_norm")(x), heads, {});
    const torch::Tensor hidden = at::linear(
        norm(block + ".feed_norm")(x), at(block + ".feed_in.weight"), at(block + ".feed_in.bias"));
    x = x + at::linear(scaled_gelu(hidden, {}), at(block + ".feed_out.weight"),
                       at(block + ".feed_out.bias"));
  }
  return norm("norm")(x);
}

}  // namespace recombine
