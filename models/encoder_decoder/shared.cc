#include "models/encoder_decoder/shared.h"

namespace recombine {

using torch::Tensor;

SharedModel::SharedModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed)
    : EncoderDecoder(config, shape, seed) {}

EncoderDecoder::Encoded SharedModel::encode(const GridBatch& batch) const {
  auto [study, queries] = embed(batch);
  const bool has_study = study.size(1) > 0;
  for (const EncoderLayer& layer : encoder()) {
    const SelfAttention& weights = layer.attention;
    const auto project = [&](const Tensor& x) {
      return at::linear(x, weights.qkv_weight, weights.qkv_bias).chunk(3, -1);
    };
    const auto asked = project(queries);
    ContextKeys keys{
        .study_key = {}, .study_value = {}, .own_key = asked[1], .own_value = asked[2]};
    if (has_study) {
      const auto shown = project(study);
      keys.study_key = shown[1];
      keys.study_value = shown[2];
      study = layer.finish(study, attend(shown[0], shown[1], shown[2], config().heads));
    }
    queries = layer.finish(queries, attend_in_context(asked[0], keys, config().heads));
  }
  if (!has_study) return {{}, encoder_norm(queries)};
  return {encoder_norm(study), encoder_norm(queries)};
}

}  // namespace recombine
