#include "models/executor/rule_inference.h"

#include "data/grid.h"
#include "models/layers/rows.h"

namespace recombine {
namespace {

/// soft_grids [..., G, 10 P] -> [..., G] bool: whether some cell is more probably filled than not.
torch::Tensor filled_patches(const torch::Tensor& soft_grids) {
  return soft_grids.detach().unflatten(-1, {-1, kColours}).select(-1, 0).lt(0.5).any(-1);
}

}  // namespace

RuleInference::RuleInference(const ModelConfig& config,
                             const GridShape& shape,
                             const WeightTable& weights)
    : filled_alone_(config.places == "relative"),
      read_(config),
      input_state_(weight_or_none(weights, "pairs.state")),
      output_(weights, "pairs.output", shape),
      encode_(weights, "infer", config.encoder_blocks(), config.heads),
      roles_(weights.at("rule.role")) {
  if (!input_state_.defined()) input_.emplace(weights, "pairs.input", shape);
  if (config.conditioning != "vector") return;
  vector_ = VectorMaker{.in_weight = weights.at("rule.in.weight"),
                        .in_bias = weights.at("rule.in.bias"),
                        .out_weight = weights.at("rule.out.weight"),
                        .out_bias = weights.at("rule.out.bias"),
                        .norm = {weights.at("rule.norm.weight"), weights.at("rule.norm.bias")}};
}

RuleForItems RuleInference::operator()(const torch::Tensor& inputs,
                                       const torch::Tensor& outputs,
                                       const EpisodeIndicator& indicator,
                                       Roles unit,
                                       const LeftOut& left) const {
  const torch::Tensor pairs = pair_tokens(inputs, outputs, indicator);
  RuleForItems rule;
  if (vector_) {
    const torch::Tensor vectors =
        rule_vectors(pair_vectors(pairs, inputs, outputs), unit, left.pairs);
    rule.each.vectors = left.pairs.empty()
                            ? vectors
                            : vectors.index_select(0, row_index(left.rows, vectors.device()));
    rule.all.vectors = vectors.narrow(0, 0, 1);
    return rule;
  }
  const torch::Tensor tokens = pairs.permute({1, 0, 2, 3}).flatten(1, 2) + role(unit);
  rule.all.tokens = tokens;
  rule.each.tokens = tokens;
  if (!left.pairs.empty()) {
    const torch::Tensor own = row_index(left.missed(), tokens.device()).unsqueeze(1);  // [I, 1]
    rule.each.unseen = own.eq(at::arange(pairs.size(0), own.options()));
  }
  return rule;
}

torch::Tensor RuleInference::pair_tokens(const torch::Tensor& inputs,
                                         const torch::Tensor& outputs,
                                         const EpisodeIndicator& indicator) const {
  const std::int64_t pairs = inputs.size(0);
  const torch::Tensor input = input_ ? (*input_)(read_(inputs, indicator.cells))
                                     : at::linear(inputs.flatten(0, 1), input_state_);
  const torch::Tensor tokens = input + output_(read_(outputs, indicator.cells));
  const torch::Tensor x = (tokens.unflatten(0, {pairs, -1}) + indicator.pairs).flatten(0, 1);
  return encode_(x).unflatten(0, {pairs, -1});
}

torch::Tensor RuleInference::pair_vectors(const torch::Tensor& pairs,
                                          const torch::Tensor& inputs,
                                          const torch::Tensor& outputs) const {
  if (!filled_alone_) return pairs.mean(2);
  torch::Tensor filled = filled_patches(outputs);
  if (input_) filled = filled.logical_or(filled_patches(inputs));
  const torch::Tensor weight = filled.to(pairs.dtype()).unsqueeze(-1);  // [E, B, G, 1]
  return (pairs * weight).sum(2) / weight.sum(2).clamp_min(1);
}

torch::Tensor RuleInference::role(Roles unit) const {
  torch::Tensor sum;
  for (std::size_t rule = 0; rule < kUsualRoles; ++rule) {
    if (!has_role(unit, rule)) continue;
    const torch::Tensor own = roles_.select(0, static_cast<std::int64_t>(rule));
    sum = sum.defined() ? sum + own : own;
  }
  return sum;
}

torch::Tensor RuleInference::rule_vectors(const torch::Tensor& pairs,
                                          Roles unit,
                                          const std::vector<std::int64_t>& left_out) const {
  const auto count = static_cast<double>(pairs.size(0));
  const torch::Tensor sum = pairs.sum(0);  // [B, D]
  std::vector<torch::Tensor> means{sum / count};
  for (const std::int64_t pair : left_out)
    means.push_back((sum - pairs.select(0, pair)) / (count - 1));
  return (*vector_)(at::stack(means) + role(unit));
}

torch::Tensor RuleInference::VectorMaker::operator()(const torch::Tensor& mean) const {
  const torch::Tensor hidden = at::gelu(at::linear(mean, in_weight, in_bias), "tanh");
  return norm(at::linear(hidden, out_weight, out_bias));
}

}  // namespace recombine
