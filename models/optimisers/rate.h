#pragma once
// A learning rate that an update is made with.

#include <torch/torch.h>

namespace recombine {

/// A number; or, where updates are recorded, which a number would be a part of, a float scalar on
/// the device.
struct Rate {
  double number = 0;
  torch::Tensor scalar = {};  ///< undefined: the number counts

  Rate times(double factor) const {
    return scalar.defined() ? Rate{0, scalar * factor} : Rate{number * factor, {}};
  }
};

}  // namespace recombine
