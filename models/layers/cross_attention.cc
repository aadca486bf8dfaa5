#include "models/layers/cross_attention.h"

#include <cmath>

namespace recombine {

CrossAttention::CrossAttention(const WeightTable& weights, const std::string& name)
    : norm{weights.at(name + ".look_norm.weight"), weights.at(name + ".look_norm.bias")},
      query_weight(weights.at(name + ".look.weight")),
      query_bias(weights.at(name + ".look.bias")),
      memory_weight(weights.at(name + ".memory.weight")),
      memory_bias(weights.at(name + ".memory.bias")),
      out_weight(weights.at(name + ".seen.weight")),
      out_bias(weights.at(name + ".seen.bias")) {}

torch::Tensor CrossAttention::operator()(const torch::Tensor& x,
                                         const torch::Tensor& memory,
                                         std::int64_t heads) const {
  const torch::Tensor asked = at::linear(norm(x), query_weight, query_bias);
  const auto stored = at::linear(memory, memory_weight, memory_bias).chunk(2, -1);
  return at::linear(attend(asked, stored[0], stored[1], heads), out_weight, out_bias);
}

torch::Tensor CrossAttention::weights_of(const torch::Tensor& x,
                                         const torch::Tensor& memory,
                                         std::int64_t heads) const {
  const torch::Tensor asked = at::linear(norm(x), query_weight, query_bias);
  const auto stored = at::linear(memory, memory_weight, memory_bias).chunk(2, -1);
  return attention_weights(asked, stored[0], heads, {});
}

void add_cross_attention(ParameterCollector& to, const std::string& name, int blocks) {
  to.norm(name + ".look_norm");
  to.linear(name + ".look", to.width, to.width);
  to.linear(name + ".memory", 2 * to.width, to.width, 2);
  to.linear(name + ".seen", to.width, to.width, 1,
            1 / std::sqrt(2.0F * static_cast<float>(blocks)));
}

}  // namespace recombine
