#pragma once
// The model `reference`: every query is read with the whole study set, as published.

#include "models/encoder_decoder/encoder_decoder.h"

namespace recombine {

class ReferenceModel : public EncoderDecoder {
 public:
  ReferenceModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed);

  /// Blinds the encoder's study tokens to the query, as the model `shared` has them.
  void hide_queries(bool on) { hidden_ = on; }

 protected:
  Encoded encode(const GridBatch& batch) const override;

 private:
  torch::Tensor mask(std::int64_t study, std::int64_t query) const;

  bool hidden_ = false;
};

}  // namespace recombine
