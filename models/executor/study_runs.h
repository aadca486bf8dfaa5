#pragma once
// The study pairs of an episode, run by many rules. Letters: docs/GLOSSARY.md; K: rules tried.

#include <vector>

#include <torch/torch.h>

#include "models/executor/executor.h"

namespace recombine {

/// No gradients.
class StudyRuns {
 public:
  /// Of the one episode of `batch`, whose sections are told.
  StudyRuns(const ExecutorModel& model, const GridBatch& batch);

  const std::vector<Roles>& study() const { return study_; }
  /// The pairs that show these rules and no other.
  std::vector<int> pairs_of(Roles roles) const;

  /// The pair's input by every chain of one rule of each of `rules` [K, D]: [K K ..., 1, G, 10 P],
  /// the last rule running fastest. Grids that are the same are run once.
  torch::Tensor run_all(int pair, const std::vector<torch::Tensor>& rules) const;
  /// By the m-th of each of `rules` [M, D]: [M, 1, G, 10 P].
  torch::Tensor run_each(int pair, const std::vector<torch::Tensor>& rules) const;

  /// made [M, 1, G, 10 P] -> log-probability of the pair's output, [M]; of what is too improbable
  /// to be compared, a bound.
  torch::Tensor likelihood(int pair, const torch::Tensor& made) const;

 private:
  torch::Tensor run(int pair, const torch::Tensor& soft_grids, const torch::Tensor& vectors) const;

  const ExecutorModel& model_;
  std::vector<Roles> study_;
  std::vector<EpisodeIndicator> indicators_;  ///< [S]
  torch::Tensor inputs_, outputs_;            ///< [S, 1, G, 10 P]
};

}  // namespace recombine
