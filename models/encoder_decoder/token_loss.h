#pragma once
// The loss of answers in tokens, and an output layer whose logits never exist all at once.

#include <functional>

#include <torch/torch.h>

#include "models/encoder_decoder/patch_tokens.h"

namespace recombine {

/// What answers are compared with. Letters: M answers, T places of an answer.
struct AnswerTargets {
  torch::Tensor tokens;   ///< [M T] int64: row of the output layer; not of factored patches
  torch::Tensor cells;    ///< [M T, P] int64: colours of factored patches
  torch::Tensor weights;  ///< [M T] float: 0 where the target has no token
};

/// Of answers [..., N, N] uint8: their patches and, but for factored, the end of the sequence.
/// Patches without colour weigh `zero_patch_weight`, all others 1, as published.
AnswerTargets answer_targets(const PatchTokens& tokens,
                             int patch,
                             double zero_patch_weight,
                             const torch::Tensor& outputs);

/// Sum of the weights of answers [..., N, N] in a model's loss: a scalar.
using LossWeight = std::function<torch::Tensor(const torch::Tensor& outputs)>;
/// Of the model that the config names; none where every episode weighs the same: where the executor
/// also learns to find the sections, a mean over study pairs.
LossWeight loss_weight(const ModelConfig& config, int side);

/// Sum of weight times minus the log-probability of the target, divided by the sum of weights:
/// hidden [M, D], output layer weight [V, D] and bias [V], targets [M] int64, weights [M].
/// Logits are made, used and forgotten some rows at a time, their gradients with them.
torch::Tensor token_loss(const torch::Tensor& hidden,
                         const torch::Tensor& weight,
                         const torch::Tensor& bias,
                         const torch::Tensor& targets,
                         const torch::Tensor& weights);

/// The same for factored patches: hidden [M, D], cells [M, P].
torch::Tensor cell_loss(const torch::Tensor& hidden,
                        const torch::Tensor& weight,
                        const torch::Tensor& bias,
                        const torch::Tensor& cells,
                        const torch::Tensor& weights);

}  // namespace recombine
