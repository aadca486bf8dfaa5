#pragma once
// Which section each study pair shows, found from the pairs alone: for a model that is not told.
// Letters: docs/GLOSSARY.md.

#include <vector>

#include <torch/torch.h>

#include "data/episode.h"
#include "models/executor/grid_tokens.h"
#include "models/layers/encoder.h"

namespace recombine {

/// A transformer over the tokens of one pair makes a vector of each pair; one over the vectors of
/// an episode compares them, for a shape or a colour that pairs share says which rule they show.
/// Nothing tells it the position of a pair. By the encoders and tokens named "sections".
class SectionSorter {
 public:
  SectionSorter(const ModelConfig& config, const GridShape& shape, const WeightTable& weights);

  /// study [B, S, 2, N, N] uint8 -> log-probabilities of the kStudySections, [B, S, 6].
  torch::Tensor scores(const torch::Tensor& study) const;

 private:
  std::int64_t patch_;
  SoftGridReader read_;
  GridEmbedding input_, output_;
  torch::Tensor row_, column_;  ///< as patch_positions() has them
  Encoder encode_pair_, encode_set_;
  torch::Tensor head_weight_, head_bias_;
};

/// Mean negative log-likelihood of the true sections [S], the same in all episodes.
torch::Tensor section_loss(const torch::Tensor& scores, const std::vector<Roles>& sections);

/// scores [B, S, 6] -> [B, S] int64: the pair that stands for each of `sections` (S, in any order),
/// every pair once; of all ways the most probable one.
torch::Tensor pairs_by_section(const torch::Tensor& scores, const std::vector<Roles>& sections);

/// The blocks that compare the pairs of an episode.
inline constexpr int kComparingBlocks = 2;

}  // namespace recombine
