#pragma once
// What the parts of a transformer cost in arithmetic, a multiply-add as 2, forward.

#include "data/grid.h"
#include "models/config.h"

namespace recombine {

/// Sizes as numbers to multiply.
struct TransformerSizes {
  double width, hidden;     ///< of a token, of a block's feed-forward part
  double encoder, decoder;  ///< blocks
  double patches;           ///< tokens of a grid

  double feed_forward(double tokens) const { return 4 * tokens * width * hidden; }
  /// `maps` square matrices of the width.
  double linear(double tokens, double maps) const { return 2 * tokens * maps * width * width; }
  double attention(double asking, double seen) const { return 4 * asking * seen * width; }
  double block(double tokens, double seen) const {
    return linear(tokens, 4) + feed_forward(tokens) + attention(tokens, seen);
  }
};

inline TransformerSizes transformer_sizes(const ModelConfig& config, int side) {
  const int n = side / config.patch;
  return {.width = static_cast<double>(config.width),
          .hidden = static_cast<double>(config.feed_forward),
          .encoder = static_cast<double>(config.encoder_blocks()),
          .decoder = static_cast<double>(config.decoder_blocks()),
          .patches = static_cast<double>(n) * n};
}

/// Of a grid of side x side cells that each point at a row and a column, by `pointer` numbers.
inline double pointer_flops(double side, double pointer) {
  const double cells = side * side;
  const double keys = 2 * 2 * (2 * side) * side * pointer;
  const double logits = 2 * 2 * cells * side * pointer;
  const double mixture = 2 * cells * kColours * (cells + side);
  return keys + logits + mixture;
}

/// Forward and backward together: the way back costs twice the way there.
inline double with_backward(double forward) { return 3 * forward; }

}  // namespace recombine
