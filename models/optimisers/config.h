#pragma once
// What an optimiser does with a gradient.

#include <string>

namespace recombine {

struct OptimiserConfig {
  std::string name = "adamw";  ///< adamw or muon
  double lr = 1e-3;            ///< of AdamW
  double muon_lr = 0.02;
  double beta1 = 0.9;
  double beta2 = 0.98;
  double eps = 1e-8;
  double weight_decay = 0.01;  ///< decoupled
  bool decay_vectors = true;   ///< whether biases, gains and other vectors decay too
  double clip = 0;             ///< largest global norm of the gradient; 0: not clipped
};

}  // namespace recombine
