#include "models/layers/flops.h"

#include "data/grid.h"
#include "models/layers/pointer.h"
#include "models/looped/looped.h"

namespace recombine {

double looped_training_flops(const ModelConfig& config,
                             const TaskShape& shape,
                             const std::vector<Roles>& /*study*/,
                             const std::vector<QueryKind>& queries) {
  const TransformerSizes x = transformer_sizes(config, shape.side);
  const double cells = config.patch * config.patch;
  const double embedding = 2 * x.patches * cells * (kColours + 1) * x.width;  // of a grid
  const double study = shape.study * x.patches;
  const bool vectors = config.conditioning == "vector";
  const double encoder = x.encoder * x.block(study, vectors ? x.patches : study);
  const double numbers =
      config.pointers ? static_cast<double>(pointer_numbers(config.pointer_width)) : kColours;
  const double pointers = config.pointers ? pointer_flops(shape.side, config.pointer_width) : 0;
  const double block = x.block(x.patches, x.patches) +
                       (vectors ? 2 * x.width * (4 * x.width + x.hidden)
                                : x.linear(x.patches, 2) + x.attention(x.patches, study));
  const double chooser = vectors ? x.linear(1, 8) + x.attention(1, shape.study) : 0;
  const double turn = 2 * embedding + chooser + x.decoder * block +
                      2 * x.patches * x.width * cells * numbers + pointers;
  const double memory = vectors ? 0 : config.turns * x.decoder * x.linear(study, 2);
  const double asked = static_cast<double>(queries.size()) * config.turns;
  return with_backward(2 * shape.study * embedding + encoder + memory + asked * turn);
}

}  // namespace recombine
