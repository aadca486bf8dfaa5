#include "models/layers/flops.h"

#include <cmath>

#include "data/grid.h"
#include "models/executor/executor.h"

namespace recombine {
namespace {

/// Of the tokens of the soft grids: `grids` of them, two of a pair.
double token_flops(const TransformerSizes& x, double grids, double cells, double side) {
  const double embedding = 2 * grids * x.patches * cells * (kColours + 1) * x.width;
  const double bounding_boxes = grids * 2 * 2 * (2 * side) * std::sqrt(x.patches) * x.width;
  return embedding + bounding_boxes;
}

/// Of a soft grid that is executed, but for the pointers.
double grid_flops(const TransformerSizes& x, double cells, double side, double outputs) {
  const double modulation = 2 * x.width * (4 * x.width + x.hidden);
  return token_flops(x, 1, cells, side) + x.decoder * (x.block(x.patches, x.patches) + modulation) +
         2 * x.patches * x.width * outputs;
}

double pair_flops(const TransformerSizes& x, double cells, double side) {
  return token_flops(x, 2, cells, side) + x.encoder * x.block(x.patches, x.patches);
}

}  // namespace

double executor_training_flops(const ModelConfig& config,
                               const TaskShape& shape,
                               const std::vector<Roles>& study,
                               const std::vector<QueryKind>& queries) {
  const TransformerSizes x = transformer_sizes(config, shape.side);
  const double side = shape.side;
  const double cells = config.patch * config.patch;
  const double outputs = cells * static_cast<double>(pointer_numbers(config.pointer_width));
  const double run =
      grid_flops(x, cells, side, outputs) + pointer_flops(side, config.pointer_width);
  double sum = 0;
  for (const RuleTurn& turn : executor_plan(study, queries, plan_rules(config, true)).turns) {
    sum += static_cast<double>(turn.execute.size()) * run +
           static_cast<double>(turn.evidence.size()) * pair_flops(x, cells, side);
  }
  return with_backward(sum);
}

}  // namespace recombine
