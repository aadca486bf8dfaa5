// The entries of the two models that the published encoder-decoder is.

#include "models/entry.h"

#include "models/encoder_decoder/conversion.h"
#include "models/encoder_decoder/reference.h"
#include "models/encoder_decoder/shared.h"
#include "models/encoder_decoder/token_loss.h"

namespace recombine {
namespace {

LossWeight answer_weight(const ModelConfig& config, int side) {
  const PatchTokens tokens(config, patch_vocabulary(config), side);
  return [tokens, config](const torch::Tensor& outputs) {
    return answer_targets(tokens, config.patch, config.zero_patch_weight, outputs).weights.sum();
  };
}

double reference_flops(const ModelConfig& config,
                       const TaskShape& shape,
                       const std::vector<Roles>& /*study*/,
                       const std::vector<QueryKind>& queries) {
  const auto asked = static_cast<int>(queries.size());
  return encoder_decoder_training_flops(config, shape, asked, asked);
}

double shared_flops(const ModelConfig& config,
                    const TaskShape& shape,
                    const std::vector<Roles>& /*study*/,
                    const std::vector<QueryKind>& queries) {
  return encoder_decoder_training_flops(config, shape, static_cast<int>(queries.size()), 1);
}

/// Both models are EncoderDecoders, and no other entry has this function.
void convert(const Model& from, Model& to) {
  convert_weights(static_cast<const EncoderDecoder&>(from), static_cast<EncoderDecoder&>(to));
}

ModelConfig published(const char* name, const char* vocabulary) {
  ModelConfig config;
  config.name = name;
  config.vocabulary = vocabulary;
  config.heads = 8;
  return config;
}

std::vector<BenchCase> reference_bench() {
  return {{.name = "reference", .config = published("reference", "full"), .together = 1}};
}

std::vector<BenchCase> shared_bench() {
  return {{.name = "shared-full", .config = published("shared", "full"), .together = 2},
          {.name = "shared", .config = published("shared", "compact"), .together = 2}};
}

}  // namespace

const ModelEntry reference_model{.make = make_of<ReferenceModel>,
                                 .loss_weight = answer_weight,
                                 .training_flops = reference_flops,
                                 .convert = convert,
                                 .bench = reference_bench};

const ModelEntry shared_model{.make = make_of<SharedModel>,
                              .loss_weight = answer_weight,
                              .training_flops = shared_flops,
                              .convert = convert,
                              .bench = shared_bench};

}  // namespace recombine
