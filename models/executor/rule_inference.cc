#include "models/executor/rule_inference.h"

#include "models/layers/rows.h"

namespace recombine {

RuleInference::RuleInference(const ModelConfig& config,
                             const GridShape& shape,
                             const WeightTable& weights)
    : read_(config, shape),
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
                                       std::size_t turn,
                                       const LeftOut& left) const {
  const torch::Tensor pairs = pair_tokens(inputs, outputs, indicator);
  RuleForItems rule;
  if (vector_) {
    const torch::Tensor vectors = rule_vectors(pairs.mean(2), turn, left.pairs);
    rule.each.vectors = left.pairs.empty()
                            ? vectors
                            : vectors.index_select(0, row_index(left.rows, vectors.device()));
    rule.all.vectors = vectors.narrow(0, 0, 1);
    return rule;
  }
  const torch::Tensor tokens = pairs.permute({1, 0, 2, 3}).flatten(1, 2) + role(turn);
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

torch::Tensor RuleInference::role(std::size_t turn) const {
  return roles_.select(0, static_cast<std::int64_t>(turn));
}

torch::Tensor RuleInference::rule_vectors(const torch::Tensor& pairs,
                                          std::size_t turn,
                                          const std::vector<std::int64_t>& left_out) const {
  const auto count = static_cast<double>(pairs.size(0));
  const torch::Tensor sum = pairs.sum(0);  // [B, D]
  std::vector<torch::Tensor> means{sum / count};
  for (const std::int64_t pair : left_out)
    means.push_back((sum - pairs.select(0, pair)) / (count - 1));
  return (*vector_)(at::stack(means) + role(turn));
}

torch::Tensor RuleInference::VectorMaker::operator()(const torch::Tensor& mean) const {
  const torch::Tensor hidden = at::gelu(at::linear(mean, in_weight, in_bias), "tanh");
  return norm(at::linear(hidden, out_weight, out_bias));
}

}  // namespace recombine
