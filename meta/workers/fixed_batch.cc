#include "meta/workers/fixed_batch.h"

#include <variant>

namespace recombine {
namespace {

/// Whether a recorded step of one does what the other's would: what is asked and shown is no
/// tensor.
bool asks_alike(const Batch& one, const Batch& other) {
  const auto* a = std::get_if<GridBatch>(&one.items);
  const auto* b = std::get_if<GridBatch>(&other.items);
  return a == nullptr || b == nullptr || (a->study_roles == b->study_roles && a->kinds == b->kinds);
}

}  // namespace

bool FixedBatch::put(Batch& batch) {
  const auto from = tensors_of(batch);
  if (from.front()->size(0) != items_) return false;
  if (!batch_.loss_factor.defined()) {
    batch_ = batch;
    for (torch::Tensor* tensor : tensors_of(batch_)) *tensor = tensor->clone();
    return true;
  }
  if (!asks_alike(batch, batch_)) return false;
  const auto to = tensors_of(batch_);
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (from[i]->sizes() != to[i]->sizes()) return false;
  }
  for (std::size_t i = 0; i < to.size(); ++i) to[i]->copy_(*from[i]);
  return true;
}

}  // namespace recombine
