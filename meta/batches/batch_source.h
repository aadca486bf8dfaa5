#pragma once
// What a training step learns from. The items of a run are numbered 0, 1, 2...; a step sees a range
// of numbers, whoever computes them.

#include <cstdint>

#include <torch/torch.h>

#include "models/batch.h"

namespace recombine {

/// Items first .. first + count - 1 of a run.
struct ItemRange {
  std::uint64_t first = 0;
  std::uint64_t count = 0;

  friend bool operator==(const ItemRange&, const ItemRange&) = default;
};

/// Thread-safe and const.
class BatchSource {
 public:
  BatchSource() = default;
  BatchSource(const BatchSource&) = delete;
  BatchSource& operator=(const BatchSource&) = delete;
  virtual ~BatchSource() = default;

  /// The batch of `slice`, a part of the `group` over which the loss is one mean, on the source's
  /// device: a pure function of its arguments and what the source was made of.
  virtual Batch batch(const ItemRange& slice, const ItemRange& group) const = 0;
  /// Items of an epoch; 0 where there are no epochs.
  virtual std::uint64_t epoch_items() const = 0;
};

/// What a slice's mean counts in a group's loss, where every item counts the same.
inline torch::Tensor item_factor(const ItemRange& slice,
                                 const ItemRange& group,
                                 torch::Device device) {
  const double factor = static_cast<double>(slice.count) / static_cast<double>(group.count);
  return torch::full({}, factor, torch::TensorOptions().device(device));
}

}  // namespace recombine
