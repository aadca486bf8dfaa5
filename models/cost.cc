#include "models/cost.h"

#include <cmath>

#include "data/error.h"
#include "data/grid.h"
#include "models/encoder_decoder/encoder_decoder.h"
#include "models/executor/plan.h"
#include "models/executor/pointer.h"
#include "models/layers/patches.h"

namespace recombine {
namespace {

/// Sizes by the letters of the architecture, as numbers to multiply.
struct Sizes {
  double width, hidden, encoder, decoder;
  double patches, study, query, queries;  ///< tokens of a grid, a study set, a query; queries

  double feed_forward(double tokens) const { return 4 * tokens * width * hidden; }
  /// `maps` square matrices of the width.
  double linear(double tokens, double maps) const { return 2 * tokens * maps * width * width; }
  double attention(double asking, double seen) const { return 4 * asking * seen * width; }
  double block(double tokens, double seen) const {
    return linear(tokens, 4) + feed_forward(tokens) + attention(tokens, seen);
  }
};

Sizes sizes_of(const ModelConfig& config, const TaskShape& shape, int queries) {
  const int n = shape.side / config.patch;
  Sizes sizes{};
  sizes.width = config.width;
  sizes.hidden = config.feed_forward;
  sizes.encoder = config.encoder_blocks();
  sizes.decoder = config.decoder_blocks();
  sizes.patches = n * n;
  sizes.study = shape.study;
  sizes.queries = queries;
  return sizes;
}

/// `copies`: how often the study set is encoded.
double encoder_decoder_flops(const Sizes& x, double outputs, double copies) {
  const double query = x.patches + 1;
  const double study = x.study * (2 * x.patches + 2);
  const double seen = study + query;
  const double asked = x.queries * query;
  const double study_sees = copies > 1 ? seen : study;
  const double encoder = copies * x.block(study, study_sees) + x.block(asked, seen);
  const double decoder = x.block(asked, query) + x.linear(asked, 2) + x.attention(asked, seen) +
                         x.linear(copies * study + asked, 2);
  return x.encoder * encoder + x.decoder * decoder + 2 * asked * x.width * outputs;
}

double fast_flops(const Sizes& x, double cells, double outputs) {
  const double study = x.study * x.patches;
  const double asked = x.queries * x.patches;
  const double decoder = x.block(asked, x.patches) + x.linear(asked, 2) + x.attention(asked, study);
  const double embedding = 2 * (2 * study + asked) * cells * kColours * x.width;
  return embedding + x.encoder * x.block(study, study) +
         x.decoder * (decoder + x.linear(study, 2)) + 2 * asked * x.width * outputs;
}

/// Of one board that is executed, but for the pointers.
double board_flops(const Sizes& x, double cells, double side, double outputs) {
  const double modulation = 2 * x.width * (4 * x.width + x.hidden);
  const double embedding = 2 * x.patches * cells * (kColours + 1) * x.width;
  const double frames = 2 * 2 * (2 * side) * std::sqrt(x.patches) * x.width;
  return embedding + frames + x.decoder * (x.block(x.patches, x.patches) + modulation) +
         2 * x.patches * x.width * outputs;
}

/// Of a board of side x side cells that each point at a row and a column.
double pointer_flops(double side, double pointer) {
  const double cells = side * side;
  const double keys = 2 * 2 * (2 * side) * side * pointer;
  const double logits = 2 * 2 * cells * side * pointer;
  const double mixture = 2 * cells * kColours * (cells + side);
  return keys + logits + mixture;
}

double pair_flops(const Sizes& x, double cells, double side) {
  const double embedding = 2 * 2 * x.patches * cells * (kColours + 1) * x.width;
  const double frames = 2 * 2 * 2 * (2 * side) * std::sqrt(x.patches) * x.width;
  return embedding + frames + x.encoder * x.block(x.patches, x.patches);
}

double executor_flops(const Sizes& x,
                      const ModelConfig& config,
                      double side,
                      const ExecutorPlan& plan) {
  const double cells = config.patch * config.patch;
  const double numbers = cells * static_cast<double>(pointer_numbers(config.pointer_width));
  const double board =
      board_flops(x, cells, side, numbers) + pointer_flops(side, config.pointer_width);
  double sum = 0;
  for (const RuleTurn& turn : plan.turns) {
    sum += static_cast<double>(turn.execute.size()) * board +
           static_cast<double>(turn.evidence.size()) * pair_flops(x, cells, side);
  }
  return sum;
}

}  // namespace

double training_flops(const ModelConfig& config,
                      const TaskShape& shape,
                      const std::vector<Roles>& study,
                      const std::vector<QueryKind>& kinds) {
  const auto queries = static_cast<int>(kinds.size());
  const Sizes sizes = sizes_of(config, shape, queries);
  const double cells = config.patch * config.patch;
  if (config.name == "fast") {
    const bool compact = config.vocabulary == "compact";
    return 3 * fast_flops(sizes, cells, compact ? kCompactVocabulary : cells * kColours);
  }
  if (config.name == "executor") {
    return 3 * executor_flops(sizes, config, shape.side,
                              executor_plan(study, kinds, config.explain_away));
  }
  require(config.name == "reference" || config.name == "shared", "the cost of the model ",
          config.name, " is not known");
  const PatchTokens tokens(config, patch_vocabulary(config), shape.side);
  return 3 * encoder_decoder_flops(sizes, static_cast<double>(tokens.outputs()),
                                   config.name == "reference" ? queries : 1);
}

}  // namespace recombine
