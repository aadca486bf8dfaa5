#pragma once
// The loss of answers in tokens, and an output layer whose logits never exist all at once.

#include <torch/torch.h>

#include "models/encoder_decoder/patch_tokens.h"

namespace recombine {

/// What answers are compared with. Letters: docs/GLOSSARY.md.
struct AnswerTargets {
  torch::Tensor tokens;   ///< [R A] int64: row of the output layer; not of factored patches
  torch::Tensor cells;    ///< [R A, P] int64: colours of factored patches
  torch::Tensor weights;  ///< [R A] float: 0 where the target has no token
};

/// Of answers [..., N, N] uint8: their patches and, but for factored, the end of the sequence.
/// Patches without colour weigh `zero_patch_weight`, all others 1, as published.
AnswerTargets answer_targets(const PatchTokens& tokens,
                             int patch,
                             double zero_patch_weight,
                             const torch::Tensor& outputs);

/// Sum of weight times minus the log-probability of the target, divided by the sum of weights:
/// hidden [R, D], output layer weight [V, D] and bias [V], targets [R] int64, weights [R].
/// Logits are made, used and forgotten some rows at a time, their gradients with them.
torch::Tensor token_loss(const torch::Tensor& hidden,
                         const torch::Tensor& weight,
                         const torch::Tensor& bias,
                         const torch::Tensor& targets,
                         const torch::Tensor& weights);

/// The same for factored patches: hidden [R, D], cells [R, P].
torch::Tensor cell_loss(const torch::Tensor& hidden,
                        const torch::Tensor& weight,
                        const torch::Tensor& bias,
                        const torch::Tensor& cells,
                        const torch::Tensor& weights);

}  // namespace recombine
