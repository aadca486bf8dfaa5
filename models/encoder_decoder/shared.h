#pragma once
// The model `shared`: the weights of `reference`, the study set encoded once an episode.

#include "models/encoder_decoder/encoder_decoder.h"

namespace recombine {

/// Study tokens see study tokens alone; the tokens of a query see those of the study set at the
/// same layer, and each other. That is `reference` whose study tokens do not see the query.
class SharedModel : public EncoderDecoder {
 public:
  SharedModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed);

 protected:
  Encoded encode(const GridBatch& batch) const override;
};

}  // namespace recombine
