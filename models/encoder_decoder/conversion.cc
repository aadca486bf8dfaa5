#include "models/encoder_decoder/conversion.h"

#include "data/error.h"
#include "models/layers/patches.h"

namespace recombine {

using torch::Tensor;

Tensor compact_rows() {
  ModelConfig config;
  const PatchTokens full(config, PatchVocabulary::kFull, config.patch);
  const Tensor patches = compact_patches(torch::arange(kCompactVocabulary, torch::kInt64));
  return torch::cat({torch::arange(std::int64_t{kSpecialTokens}, torch::kInt64),
                     full.from_patches(patches).squeeze(-1)});
}

void convert_weights(const EncoderDecoder& from, EncoderDecoder& to) {
  const bool same = from.tokens().vocabulary() == to.tokens().vocabulary();
  require(same || (from.tokens().vocabulary() == PatchVocabulary::kFull &&
                   to.tokens().vocabulary() == PatchVocabulary::kCompact),
          "--vocabulary: the full vocabulary can become compact, and no other can change");
  require(from.weights().size() == to.weights().size(),
          "the models have other layers; only --model.vocabulary and --model.name may differ");
  const torch::NoGradGuard guard;
  const Tensor rows = compact_rows();
  for (std::size_t i = 0; i < to.weights().size(); ++i) {
    const Weight& weight = from.weights()[i];
    Tensor target = to.weights()[i].tensor;
    const bool table = !same && weight.tensor.size(0) == from.tokens().rows();
    target.copy_(table ? weight.tensor.index_select(0, rows) : weight.tensor);
  }
}

}  // namespace recombine
