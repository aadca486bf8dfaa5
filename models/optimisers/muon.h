#pragma once
// Muon (Jordan et al. 2024): an optimiser of hidden matrices.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <torch/torch.h>

#include "models/optimisers/parameter_group.h"
#include "models/optimisers/rate.h"

namespace recombine {

/// One of `count` nearly equal slices of some work.
struct Slice {
  int number = 0;
  int count = 1;
};

/// Momentum 0.95 with Nesterov's look-ahead, then orthogonalised; weight decay is decoupled. All
/// matrices of one shape are one batch.
class Muon {
 public:
  /// parts[i]: equal matrices stacked in parameter i.
  Muon(const std::vector<torch::Tensor>& parameters,
       const std::vector<int>& parts,
       double weight_decay);

  bool empty() const { return batches_.empty(); }

  /// Updates the matrices of the slice. Other threads may update the other slices at the same time:
  /// nearly all of an update's time goes into orthogonalising. No gradients.
  void step(const Rate& lr, const Slice& slice);

  /// Where the matrices go: [matrices, rows, columns] for each shape. The first call makes room;
  /// then a step is aim(), straighten() and follow(), each on all slices, of which other processes
  /// may straighten some. Before follow() nothing is changed for good.
  std::vector<torch::Tensor> directions();
  void aim(const Slice& slice);
  void straighten(const Slice& slice);
  void follow(const Rate& lr, const Slice& slice);

  void add_state(std::map<std::string, torch::Tensor>& state) const;
  void load(const std::map<std::string, torch::Tensor>& state);

 private:
  using Shape = std::pair<std::int64_t, std::int64_t>;
  struct Batch {
    Shape shape;
    ParameterGroup group;
    std::vector<torch::Tensor> momentum;
    std::vector<torch::Tensor> directions = {};  ///< as momentum
  };

  double weight_decay_;
  std::vector<Batch> batches_;
};

}  // namespace recombine
