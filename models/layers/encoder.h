#pragma once
// A stack of pre-norm transformer blocks. Letters: docs/GLOSSARY.md.

#include <cstdint>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "models/layers/attention.h"
#include "models/weights/weight.h"

namespace recombine {

/// `blocks` blocks named "NAME.0" on, and a norm: attention among the tokens of one row of the
/// batch, without positions of its own. ParameterCollector::encoder() has its weights.
class Encoder {
 public:
  Encoder(const WeightTable& weights, const std::string& name, int blocks, std::int64_t heads);

  /// x [R, T, D] -> [R, T, D].
  torch::Tensor operator()(torch::Tensor x) const;

 private:
  struct Block {
    Norm attention_norm;
    SelfAttention attention;
    Norm feed_norm;
    FeedForward feed;
  };

  std::int64_t heads_;
  std::vector<Block> blocks_;
  Norm norm_;
};

}  // namespace recombine
