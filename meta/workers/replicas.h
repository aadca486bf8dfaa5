#pragma once
// One set of weights, a model a worker: data parallelism without copies. Other ranks have the same
// weights in memory of their own.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <torch/torch.h>

#include "meta/ranks/rank_group.h"
#include "models/model.h"

namespace recombine {

/// Models that share the storage of their parameters; each has gradients of its own, in one flat
/// tensor. Changing the parameters of master() changes those of all.
class Replicas {
 public:
  /// `make` must give equal models. Moves them to `device`. Requires count >= 1, the same on all
  /// ranks of `group`.
  Replicas(const std::function<std::shared_ptr<Model>()>& make,
           int count,
           torch::Device device,
           std::shared_ptr<RankGroup> group = std::make_shared<RankGroup>());

  int count() const { return static_cast<int>(models_.size()); }
  torch::Device device() const { return device_; }
  RankGroup& group() const { return *group_; }
  Model& master() { return *models_.front(); }
  Model& model(int worker) { return *models_[static_cast<std::size_t>(worker)]; }

  /// Each worker calls it for itself.
  void zero_gradients(int worker) { gradients_[static_cast<std::size_t>(worker)].zero_(); }
  /// The master's gradients become the sum over the workers of all ranks, added in the order of
  /// their numbers.
  void sum_gradients();
  /// Trainable numbers.
  std::int64_t parameters() const { return gradients_.front().numel(); }
  void train(bool on);

 private:
  torch::Device device_;
  std::shared_ptr<RankGroup> group_;
  std::vector<std::shared_ptr<Model>> models_;
  std::vector<torch::Tensor> gradients_;  ///< [parameters()] each; the models' grads are views
};

/// While it lives, the replicas answer and do not learn: without dropout.
class AnsweringScope {
 public:
  explicit AnsweringScope(Replicas& replicas) : replicas_(replicas) { replicas_.train(false); }
  ~AnsweringScope() { replicas_.train(true); }
  AnsweringScope(const AnsweringScope&) = delete;
  AnsweringScope& operator=(const AnsweringScope&) = delete;

 private:
  Replicas& replicas_;
};

}  // namespace recombine
