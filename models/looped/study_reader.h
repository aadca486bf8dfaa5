#pragma once
// What the model `looped` makes of the study set, once an episode. Letters: docs/GLOSSARY.md.

#include <torch/torch.h>

#include "models/config.h"
#include "models/layers/encoder.h"
#include "models/layers/soft_grids.h"
#include "models/weights/weight.h"

namespace recombine {

/// A study set as the decoder knows it.
struct StudyMemory {
  torch::Tensor mean;           ///< [B, G, 10 P]: of all its grids
  torch::Tensor vectors, keys;  ///< vector: [B, S, D] each, of the pairs
  torch::Tensor tokens;         ///< attention: [B, S G, D], of all pairs together
};

/// soft_grids [R, G, 10 P] -> [R, G, 11 P], with whether each cell is filled; or as they are.
torch::Tensor cell_features(const torch::Tensor& soft_grids, bool occupancy);

/// A pre-norm encoder over tokens that are made of an input patch and the output patch at the same
/// place. Where the decoder is set by vectors it reads each pair alone, and the mean of a pair's
/// tokens is its vector; else it reads all pairs of an episode together. A pair's place in the
/// study set is known to its key, or to its tokens, as it is in `fast`; its rules are not.
class StudyReader {
 public:
  StudyReader(const ModelConfig& config, const GridShape& shape, const WeightTable& weights);

  /// study [B, S, 2, N, N] uint8.
  StudyMemory operator()(const torch::Tensor& study) const;

 private:
  GridShape shape_;
  bool occupancy_;
  bool vectors_;
  torch::Tensor input_, output_;  ///< [D, features]
  torch::Tensor mean_;            ///< [D, 10 P], or undefined
  torch::Tensor row_, column_;    ///< [N / patch, D]
  torch::Tensor place_;           ///< [S, D]
  torch::Tensor key_;             ///< [D, D]; undefined beside attention
  Encoder encode_;
};

}  // namespace recombine
