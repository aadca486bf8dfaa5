#pragma once
// One head of one row of a batch: where its numbers lie, and its scores.

#include <algorithm>
#include <cmath>

#include "models/fused/attend.h"
#include "models/fused/tiles.h"

namespace recombine::fused {

/// The score of a key that is not there, and less than any that is.
constexpr float kNever = -1e30F;

/// Sizes as in attend.h; `padded`: keys rounded up to whole lanes.
struct Head {
  const Attending& shape;
  std::int64_t row, head;
  std::int64_t padded = whole_lanes(shape.keys);
  float scale = 1 / std::sqrt(static_cast<float>(shape.width));

  RECOMBINE_INLINE const float* of(const Tokens& tokens) const {
    return tokens.data + row * tokens.row_step + head * shape.width;
  }
  /// Where query or key `token` of `count` stands in [R, count, H K] without gaps.
  RECOMBINE_INLINE std::int64_t at(std::int64_t token, std::int64_t count) const {
    return ((row * count + token) * shape.heads + head) * shape.width;
  }
  RECOMBINE_INLINE std::int64_t log_sum(std::int64_t query) const {
    return (row * shape.heads + head) * shape.queries + query;
  }
  /// Where the bias of a query begins.
  RECOMBINE_INLINE std::int64_t bias(std::int64_t query) const {
    return ((shape.bias_heads == 1 ? 0 : head) * shape.queries + query) * shape.keys;
  }
  /// How many of the group that begins at a query there are.
  RECOMBINE_INLINE std::int64_t present(std::int64_t query) const {
    return std::min<std::int64_t>(kGroup, shape.queries - query);
  }
  /// Queries of a group, scaled, zeros for those that are not there: [kGroup, K].
  RECOMBINE_INLINE void take_queries(const Tokens& queries, std::int64_t query, float* to) const {
    take_group(of(queries) + query * queries.token_step, queries.token_step, query, scale, to);
  }
  RECOMBINE_INLINE void take_group(
      const float* from, std::int64_t step, std::int64_t query, float factor, float* to) const {
    std::fill_n(to, kGroup * shape.width, 0.0F);
    to_rows(from, step, present(query), shape.width, factor, to);
  }
  /// queries [kGroup, K] x key columns [K, padded] -> scores [kGroup, padded] with what bounds and
  /// biases say.
  RECOMBINE_INLINE void score(const float* queries,
                              const float* keys,
                              std::int64_t query,
                              float* scores) const {
    multiply(queries, keys, shape.width, padded, scores);
    for (std::int64_t g = 0; g < kGroup; ++g) {
      float* row_scores = scores + g * padded;
      if (shape.bias != nullptr && g < present(query)) {
        const float* added = shape.bias + bias(query + g);
        for (std::int64_t j = 0; j < shape.keys; ++j) row_scores[j] += added[j];
      }
      const std::int64_t seen = shape.causal ? std::min(query + g + 1, shape.keys) : shape.keys;
      std::fill(row_scores + seen, row_scores + padded, kNever);
    }
  }
};

}  // namespace recombine::fused
