#pragma once
// Which section each study pair shows, found from the pairs alone: for a model that is not told.
// Letters: B episodes, S study pairs, G cells a side.

#include <vector>

#include <torch/torch.h>

#include "data/episode.h"
#include "models/executor/soft_grids.h"
#include "models/model.h"
#include "models/weights/parameter_collector.h"

namespace recombine {

/// A transformer over the tokens of one pair makes a vector of each pair; one over the vectors of
/// an episode compares them, for a shape or a colour that pairs share says which rule they show.
/// Nothing tells it the place of a pair. By the encoders and tokens named "sections".
class SectionSorter {
 public:
  /// All three must outlive it.
  SectionSorter(const ModelConfig& config, const BoardShape& shape, const WeightTable& weights)
      : config_(config), shape_(shape), weights_(weights) {}

  /// study [B, S, 2, G, G] uint8 -> log-probabilities of the kStudySections, [B, S, 6].
  torch::Tensor scores(const torch::Tensor& study) const;

 private:
  const ModelConfig& config_;
  const BoardShape& shape_;
  const WeightTable& weights_;
};

/// Mean surprise of the true sections [S], the same in all episodes.
torch::Tensor section_loss(const torch::Tensor& scores, const std::vector<Roles>& sections);

/// scores [B, S, 6] -> [B, S] int64: the pair that stands for each of `sections` (S, in any order),
/// every pair once; of all ways the most probable one.
torch::Tensor pairs_by_section(const torch::Tensor& scores, const std::vector<Roles>& sections);

/// The blocks that compare the pairs of an episode.
inline constexpr int kComparingBlocks = 2;

}  // namespace recombine
