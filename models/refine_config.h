#pragma once
// How rule vectors are adjusted at answer time (models/executor/refine.h). Without Torch.

namespace recombine {

struct RefineConfig {
  int steps = 0;      ///< of Adam; 0: none
  double lr = 0.01;   ///< of Adam
  double pull = 0.1;  ///< times the mean squared distance from the inferred vectors, added to the
                      ///< loss
  bool held_back = true;  ///< the second half of each section's pairs chooses the step, and only
                          ///< that
};

}  // namespace recombine
