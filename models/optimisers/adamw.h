#pragma once
// AdamW (Loshchilov and Hutter 2019): decoupled weight decay, by ATen's fused kernel.

#include <map>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "models/optimisers/config.h"
#include "models/optimisers/parameter_group.h"
#include "models/optimisers/rate.h"

namespace recombine {

class AdamW {
 public:
  /// The state's names begin with `name`. Of the config: betas, eps and weight decay.
  AdamW(std::string name, std::vector<torch::Tensor> parameters, OptimiserConfig config);

  /// No gradients.
  void step(const Rate& lr);

  void add_state(std::map<std::string, torch::Tensor>& state) const;
  void load(const std::map<std::string, torch::Tensor>& state);

 private:
  std::string name_;
  ParameterGroup group_;
  OptimiserConfig config_;
  std::vector<torch::Tensor> mean_, square_, steps_;
};

}  // namespace recombine
