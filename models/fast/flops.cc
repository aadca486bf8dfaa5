#include "models/layers/flops.h"

#include "data/grid.h"
#include "models/fast/fast.h"
#include "models/layers/patches.h"

namespace recombine {

double fast_training_flops(const ModelConfig& config,
                           const TaskShape& shape,
                           const std::vector<Roles>& /*study*/,
                           const std::vector<QueryKind>& queries) {
  const TransformerSizes x = transformer_sizes(config, shape.side);
  const double cells = config.patch * config.patch;
  const double outputs = config.vocabulary == "compact" ? kCompactVocabulary : cells * kColours;
  const double study = shape.study * x.patches;
  const double asked = static_cast<double>(queries.size()) * x.patches;
  const double decoder = x.block(asked, x.patches) + x.linear(asked, 2) + x.attention(asked, study);
  const double embedding = 2 * (2 * study + asked) * cells * kColours * x.width;
  return with_backward(embedding + x.encoder * x.block(study, study) +
                       x.decoder * (decoder + x.linear(study, 2)) + 2 * asked * x.width * outputs);
}

}  // namespace recombine
