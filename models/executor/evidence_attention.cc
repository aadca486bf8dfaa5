#include "models/executor/evidence_attention.h"

#include <limits>

namespace recombine {
namespace {

/// unseen [I, E] -> [1, I G, E G]: what is added to the scores of attention.
torch::Tensor bias_of(const torch::Tensor& unseen,
                      std::int64_t grid_tokens,
                      std::int64_t pair_tokens) {
  if (!unseen.defined()) return {};
  return torch::zeros(unseen.sizes(), torch::TensorOptions().device(unseen.device()))
      .masked_fill(unseen, -std::numeric_limits<float>::infinity())
      .repeat_interleave(grid_tokens, 0)
      .repeat_interleave(pair_tokens, 1)
      .unsqueeze(0);
}

}  // namespace

torch::Tensor look_at_evidence(const CrossAttention& look,
                               const torch::Tensor& x,
                               const InferredRule& rule,
                               std::int64_t heads) {
  const std::int64_t items = x.size(0);
  const std::int64_t tokens = x.size(2);
  const torch::Tensor asked = at::linear(look.norm(x), look.query_weight, look.query_bias)
                                  .transpose(0, 1)
                                  .reshape({x.size(1), items * tokens, -1});  // [B, I G, D]
  const auto memory = at::linear(rule.tokens, look.memory_weight, look.memory_bias).chunk(2, -1);
  const std::int64_t pair = rule.unseen.defined() ? rule.tokens.size(1) / rule.unseen.size(1) : 0;
  const torch::Tensor seen =
      attend(asked, memory[0], memory[1], heads, bias_of(rule.unseen, tokens, pair));
  return at::linear(seen, look.out_weight, look.out_bias)
      .view({x.size(1), items, tokens, -1})
      .transpose(0, 1);
}

}  // namespace recombine
