#pragma once
// Optimisers: AdamW, and Muon for hidden matrices with AdamW for the rest.

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

#include <torch/torch.h>

#include "models/optimisers/config.h"
#include "models/weights/weight.h"

namespace recombine {

/// Processes with as many threads each that make the same update from the same gradients, and share
/// what of it costs the most.
struct UpdateShare {
  int number = 0;
  int count = 1;
  /// Of `rows` [M, ...] each process has made rows M * number / count up to those of the next one;
  /// now all have all. Where it throws, weights and state are those of before the step.
  std::function<void(const torch::Tensor& rows)> exchange = {};
};

/// The threads that make an update together. `run` calls work(0) to work(count - 1), each once,
/// perhaps at the same time, and waits for all.
struct UpdateThreads {
  int count = 1;
  std::function<void(const std::function<void(int thread)>& work)> run =
      [](const std::function<void(int)>& work) { work(0); };
  UpdateShare share = {};
};

class Optimiser {
 public:
  virtual ~Optimiser() = default;

  /// One update from the parameters' gradients, the same whoever makes it. `scale` multiplies every
  /// learning rate: the value of the schedule. Does not wait for the device.
  virtual void step(double scale, const UpdateThreads& threads) = 0;
  void step(double scale) { step(scale, {}); }
  /// The same with the scale as a float scalar on the device: does the same work each time, so that
  /// a StepRunner can record it.
  virtual void step(const torch::Tensor& scale) = 0;

  /// Everything that the next step depends on besides weights and gradients.
  virtual std::map<std::string, torch::Tensor> state() const = 0;
  /// Takes what state() gave, by copy. Throws InputError for another optimiser's state.
  virtual void load_state(const std::map<std::string, torch::Tensor>& state) = 0;
};

/// The optimiser of a model's parameters, which must keep their memory.
/// Throws InputError for a name that is not known.
std::unique_ptr<Optimiser> make_optimiser(std::span<const Weight> weights,
                                          const OptimiserConfig& config);

}  // namespace recombine
