#pragma once
// What a training step learns from. The items of a run are numbered 0, 1, 2...; a step sees a range
// of numbers, whoever computes them.

#include <cstdint>

#include "models/batch.h"

namespace recombine {

/// Items first .. first + count - 1 of a run.
struct ItemRange {
  std::uint64_t first = 0;
  std::uint64_t count = 0;

  friend bool operator==(const ItemRange&, const ItemRange&) = default;
};

/// Thread-safe and const.
class Learner {
 public:
  Learner() = default;
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;
  virtual ~Learner() = default;

  /// The batch of `share`, a part of the `group` over which the loss is one mean, on the learner's
  /// device: a pure function of its arguments and what the learner was made of.
  virtual Batch batch(const ItemRange& share, const ItemRange& group) const = 0;
  /// Items of an epoch; 0 where there are no epochs.
  virtual std::uint64_t epoch_items() const = 0;
};

/// The part of a group's loss that belongs to a share, where every item counts the same.
inline torch::Tensor item_part(const ItemRange& share,
                               const ItemRange& group,
                               torch::Device device) {
  const double part = static_cast<double>(share.count) / static_cast<double>(group.count);
  return torch::full({}, part, torch::TensorOptions().device(device));
}

}  // namespace recombine
