#include "meta/workers/fixed_batch.h"

namespace recombine {

bool FixedBatch::put(Batch& batch) {
  const auto from = tensors_of(batch);
  if (from.front()->size(0) != items_) return false;
  if (!batch_.loss_factor.defined()) {
    batch_ = batch;
    for (torch::Tensor* tensor : tensors_of(batch_)) *tensor = tensor->clone();
    return true;
  }
  const auto to = tensors_of(batch_);
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (from[i]->sizes() != to[i]->sizes()) return false;
  }
  for (std::size_t i = 0; i < to.size(); ++i) to[i]->copy_(*from[i]);
  return true;
}

}  // namespace recombine
