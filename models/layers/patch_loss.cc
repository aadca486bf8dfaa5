#include "models/layers/patch_loss.h"

#include "data/grid.h"
#include "models/layers/patches.h"
#include "models/layers/weighted_mean.h"

namespace recombine {

torch::Tensor patch_weights(const PatchHead& head, const torch::Tensor& targets) {
  const torch::Tensor filled = targets.ne(0).any(-1);  // [...]
  const torch::Tensor weight =
      torch::where(filled, 1.0, head.zero_patch_weight).to(torch::kFloat32);
  return head.compact ? weight * compact_ids(targets).ge(0) : weight;
}

torch::Tensor patch_loss(const PatchHead& head,
                         const torch::Tensor& logits,
                         const torch::Tensor& targets) {
  torch::Tensor log_loss;  // [R]: minus the log-probabilities of the targets
  if (head.compact) {
    const torch::Tensor ids = compact_ids(targets).clamp_min(0);
    log_loss = at::cross_entropy_loss(logits, ids, {}, at::Reduction::None);
  } else {
    const torch::Tensor cells = targets.flatten().to(torch::kInt64);  // [R P]
    log_loss = at::cross_entropy_loss(logits.view({-1, kColours}), cells, {}, at::Reduction::None)
                   .view(targets.sizes())
                   .sum(-1);
  }
  return weighted_mean(log_loss, patch_weights(head, targets));
}

std::pair<torch::Tensor, torch::Tensor> best_patches(const PatchHead& head,
                                                     const torch::Tensor& logits,
                                                     std::int64_t cells) {
  if (head.compact) {
    const auto [log_probability, ids] = at::log_softmax(logits, -1).max(-1);
    return {compact_patches(ids), log_probability};
  }
  const auto [log_probability, colours] =
      at::log_softmax(logits.view({-1, cells, kColours}), -1).max(-1);
  return {colours.to(torch::kUInt8), log_probability.sum(-1)};
}

}  // namespace recombine
