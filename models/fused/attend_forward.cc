#include <cmath>

#include "models/fused/attend.h"
#include "models/fused/head.h"

namespace recombine::fused {
namespace {

/// Makes powers of scores [padded], and returns the log of their sum; `inverse` is 1 over that sum.
RECOMBINE_INLINE float to_powers(float* scores, std::int64_t padded, float* inverse) {
  Lanes tops = all(kNever);
  for (std::int64_t j = 0; j < padded; j += kLanes) tops = larger(tops, load(scores + j));
  const float top = largest_of(tops);
  Lanes sums{};
  for (std::int64_t j = 0; j < padded; j += kLanes) {
    const Lanes power = exponential(load(scores + j) - top);
    store(scores + j, power);
    sums += power;
  }
  const float sum = sum_of(sums);
  *inverse = 1 / sum;
  return top + std::log(sum);
}

/// What one head is worked out in.
struct ForwardScratch {
  float *keys, *values;    ///< [K, padded], [T, K]
  float* scores;           ///< [kGroup, padded]
  float *queries, *mixed;  ///< [kGroup, K]

  RECOMBINE_INLINE ForwardScratch(float* workspace, std::int64_t k, std::int64_t padded)
      : keys(workspace),
        values(keys + k * padded),
        scores(values + k * padded),
        queries(scores + kGroup * padded),
        mixed(queries + kGroup * k) {}
};

RECOMBINE_INLINE void attend_group(const Head& at,
                                   const Tokens& queries,
                                   std::int64_t query,
                                   const ForwardScratch& scratch,
                                   float* mixed,
                                   float* log_sums) {
  const std::int64_t k = at.shape.width;
  at.take_queries(queries, query, scratch.queries);
  at.score(scratch.queries, scratch.keys, query, scratch.scores);
  float inverses[kGroup];
  for (std::int64_t g = 0; g < at.present(query); ++g) {
    log_sums[at.log_sum(query + g)] =
        to_powers(scratch.scores + g * at.padded, at.padded, inverses + g);
  }
  mix(scratch.scores, scratch.values, at.shape.keys, k, at.padded, scratch.mixed);
  for (std::int64_t g = 0; g < at.present(query); ++g)
    to_rows(scratch.mixed + g * k, k, 1, k, inverses[g],
            mixed + at.at(query + g, at.shape.queries));
}

}  // namespace

RECOMBINE_CLONES
void attend_forward(const Attending& shape,
                    const QueryKeyValue& tokens,
                    float* mixed,
                    float* log_sums,
                    float* workspace) {
  const std::int64_t k = shape.width;
  const ForwardScratch scratch(workspace, k, whole_lanes(shape.keys));
  for (std::int64_t number = 0; number < shape.rows * shape.heads; ++number) {
    const Head at{shape, number / shape.heads, number % shape.heads};
    to_columns(at.of(tokens.key), tokens.key.token_step, shape.keys, k, scratch.keys);
    to_rows(at.of(tokens.value), tokens.value.token_step, shape.keys, k, 1, scratch.values);
    for (std::int64_t query = 0; query < shape.queries; query += kGroup)
      attend_group(at, tokens.query, query, scratch, mixed, log_sums);
  }
}

}  // namespace recombine::fused
