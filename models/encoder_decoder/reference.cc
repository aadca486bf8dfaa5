#include "models/encoder_decoder/reference.h"

#include <cmath>

namespace recombine {

using torch::Tensor;

ReferenceModel::ReferenceModel(const ModelConfig& config,
                               const TaskShape& shape,
                               std::uint64_t seed)
    : EncoderDecoder(config, shape, seed) {}

Tensor ReferenceModel::mask(std::int64_t study, std::int64_t query) const {
  if (!hidden_) return {};
  const Tensor mask = at::zeros({study + query, study + query});
  mask.narrow(0, 0, study).narrow(1, study, query).fill_(-INFINITY);
  return mask.unsqueeze(0);
}

EncoderDecoder::Encoded ReferenceModel::encode(const GridBatch& batch) const {
  const auto [study, queries] = embed(batch);
  const std::int64_t b = study.size(0);
  const std::int64_t q = queries.size(0) / b;
  const std::int64_t s = study.size(1);
  Tensor x = torch::cat({study.unsqueeze(1).expand({b, q, s, -1}).flatten(0, 1), queries}, 1);
  const Tensor bias = mask(s, queries.size(1));
  for (const EncoderLayer& layer : encoder()) {
    const SelfAttention& weights = layer.attention;
    const auto qkv = at::linear(x, weights.qkv_weight, weights.qkv_bias).chunk(3, -1);
    x = layer.finish(x, attend(qkv[0], qkv[1], qkv[2], config().heads, bias));
  }
  return {{}, encoder_norm(x)};
}

}  // namespace recombine
