#pragma once
// The last step of a model that answers patches: probabilities of patches, their loss, the best.

#include <cstdint>
#include <utility>

#include <torch/torch.h>

namespace recombine {

/// How patches come out of a head's numbers. Letters: docs/GLOSSARY.md.
struct PatchHead {
  bool compact =
      false;  ///< logits [R, 136] over the compact vocabulary; else [R, P 10], a softmax a cell
  double zero_patch_weight = 1;  ///< weight of all-background patches
};

/// Weights [...] of the patches in a loss: 1, `zero_patch_weight` where all is background, 0 for a
/// target outside the compact vocabulary (target noise). targets [..., P] uint8.
torch::Tensor patch_weights(const PatchHead& head, const torch::Tensor& targets);

/// Weighted mean over the patches of minus the log-probability of the target. targets [R, P] uint8.
torch::Tensor patch_loss(const PatchHead& head,
                         const torch::Tensor& logits,
                         const torch::Tensor& targets);

/// The most probable patches [R, P] uint8 and their log-probabilities [R].
std::pair<torch::Tensor, torch::Tensor> best_patches(const PatchHead& head,
                                                     const torch::Tensor& logits,
                                                     std::int64_t cells);

}  // namespace recombine
