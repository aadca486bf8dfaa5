#include "models/executor/rule_execution.h"

#include "data/error.h"
#include "data/grid.h"
#include "models/executor/evidence_attention.h"

namespace recombine {

RuleExecution::RuleExecution(const ModelConfig& config,
                             const GridShape& shape,
                             const WeightTable& weights)
    : heads_(config.heads),
      latent_(config.state == "latent"),
      vectors_(config.conditioning == "vector"),
      read_(config),
      embed_(weights, "boards", shape),
      norm_{weights.at("execute.norm.weight"), weights.at("execute.norm.bias")},
      head_weight_(weights.at("head.weight")),
      head_bias_(weights.at("head.bias")) {
  for (int i = 0; i < config.decoder_blocks(); ++i)
    blocks_.push_back(guided_block(weights, cat("execute.", i), vectors_));
  if (config.pointers) pointer_.emplace(weights, shape);
}

torch::Tensor RuleExecution::tokens(const torch::Tensor& soft_grids,
                                    const SoftGridReading& seen,
                                    const EpisodeIndicator& indicator) const {
  return embed_(seen).unflatten(0, {soft_grids.size(0), -1}) + indicator.grids;
}

torch::Tensor RuleExecution::first_states(const torch::Tensor& soft_grids,
                                          const EpisodeIndicator& indicator) const {
  if (!latent_) return soft_grids;
  return tokens(soft_grids, read_(soft_grids, indicator.cells), indicator);
}

torch::Tensor RuleExecution::run_blocks(const torch::Tensor& states,
                                        const InferredRule& rule) const {
  torch::Tensor x = states.flatten(0, 1);
  const torch::Tensor by =
      vectors_ ? rule.vectors.expand({states.size(0), states.size(1), -1}).flatten(0, 1)
               : torch::Tensor{};
  for (const GuidedBlock& each : blocks_) {
    if (each.look) {
      const torch::Tensor looked =
          look_at_evidence(*each.look, x.view(states.sizes()), rule, heads_);
      x = each.block(x + looked.flatten(0, 1), {}, heads_);
    } else {
      x = each.block(x, modulation(by, each.modulation_weight, each.modulation_bias), heads_);
    }
  }
  return x;
}

torch::Tensor RuleExecution::head(const torch::Tensor& x) const {
  return at::linear(norm_(x), head_weight_, head_bias_);
}

Pointing RuleExecution::pointing_of(const torch::Tensor& x,
                                    const torch::Tensor& soft_grids,
                                    const SoftGridReading& seen) const {
  // In this order: gradients of what all three are made of are summed in the order of their making.
  const PointerKeys keys = pointer_->keys(seen.bounding_boxes, soft_grids.size(-2), x.size(0));
  const torch::Tensor present = soft_grids.flatten(0, 1);
  return pointer_->point(head(x), present, keys);
}

torch::Tensor RuleExecution::read_out(const torch::Tensor& x,
                                      const torch::Tensor& soft_grids,
                                      const SoftGridReading& seen) const {
  const torch::Tensor next = pointer_ ? pointed(pointing_of(x, soft_grids, seen))
                                      : head(x).view({x.size(0), -1, kColours}).softmax(-1);
  return next.view(soft_grids.sizes());
}

torch::Tensor RuleExecution::execute(const torch::Tensor& soft_grids,
                                     const InferredRule& rule,
                                     const EpisodeIndicator& indicator) const {
  const SoftGridReading seen = read_(soft_grids, indicator.cells);
  return read_out(run_blocks(tokens(soft_grids, seen, indicator), rule), soft_grids, seen);
}

torch::Tensor RuleExecution::copied_cells(const torch::Tensor& soft_grids,
                                          const InferredRule& rule,
                                          const EpisodeIndicator& indicator) const {
  const SoftGridReading seen = read_(soft_grids, indicator.cells);
  const torch::Tensor x = run_blocks(tokens(soft_grids, seen, indicator), rule);
  return recombine::copied_cells(pointing_of(x, soft_grids, seen))
      .view({soft_grids.size(0), soft_grids.size(1), -1});
}

torch::Tensor RuleExecution::after_rule(const torch::Tensor& states,
                                        const InferredRule& rule,
                                        const EpisodeIndicator& indicator) const {
  if (!latent_) return execute(states, rule, indicator);
  return run_blocks(states, rule).view(states.sizes());
}

torch::Tensor RuleExecution::answers(const torch::Tensor& states,
                                     const torch::Tensor& given,
                                     const EpisodeIndicator& indicator) const {
  if (!latent_) return states;
  const SoftGridReading seen = read_(given, indicator.cells);
  return read_out(states.flatten(0, 1), given, seen);
}

}  // namespace recombine
