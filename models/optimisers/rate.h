#pragma once
// A learning rate that an update is made with.

#include <torch/torch.h>

namespace recombine {

/// As a number, or as a float scalar on the device. A recorded step (StepRunner) needs the scalar:
/// a number would be recorded with it and never change again.
struct Rate {
  double number = 0;
  torch::Tensor scalar = {};  ///< undefined: the number counts

  Rate times(double factor) const {
    return scalar.defined() ? Rate{0, scalar * factor} : Rate{number * factor, {}};
  }
};

}  // namespace recombine
