#pragma once
// Queries answered by the rules that a search finds (rule_search.h). Letters: docs/GLOSSARY.md.

#include <vector>

#include <torch/torch.h>

#include "models/executor/executor.h"
#include "models/executor/rule_search.h"

namespace recombine {

/// What explains the study pairs of an episode: found once, for any queries.
class Explanations {
 public:
  /// Of the one episode of `batch`.
  Explanations(const ExecutorModel& model, const GridBatch& batch);

  /// The soft grids that answer the queries of `asked`, which is that episode: [Q, 1, G, 10 P].
  torch::Tensor answers(const GridBatch& asked) const;

 private:
  const ExecutorModel& model_;
  GridBatch told_;  ///< the episode with its sections
  std::vector<FoundRules> rules_;
};

/// answers [E, Q, 1, G, 10 P] of explanations and their weights -> [Q, 1, G, 10 P]: of each query
/// one whose most probable grid has the most weight, a vote counting by how sure its own answer is.
torch::Tensor voted(const torch::Tensor& answers, const std::vector<double>& weights);

/// The likeliest rules of each episode, as ExecutorModel::infer() gives them. Where the model finds
/// orders, of one episode.
std::vector<InferredUnit> found_units(const ExecutorModel& model, const GridBatch& batch);

/// The soft grids that answer the queries, [Q, B, G, 10 P]. The explanations of an episode vote,
/// for its study pairs may leave open in which order rules are applied, and a query show that one
/// of the orders leads off the board. Queries that do not say their rules need all of the study
/// set.
torch::Tensor searched_answers(const ExecutorModel& model, const GridBatch& batch);

}  // namespace recombine
