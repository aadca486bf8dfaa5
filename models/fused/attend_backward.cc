#include <algorithm>

#include "models/fused/attend.h"
#include "models/fused/head.h"

namespace recombine::fused {
namespace {

/// What one head is worked out in.
struct BackwardScratch {
  float *key_columns, *value_columns;  ///< [K, padded]
  float *keys, *dkeys, *dvalues;       ///< [T, K]
  float *weights, *dscores;            ///< [kGroup, padded]
  float *queries, *back, *dqueries;    ///< [kGroup, K]; back: the gradient of mixed

  RECOMBINE_INLINE BackwardScratch(float* workspace, std::int64_t k, std::int64_t padded)
      : key_columns(workspace),
        value_columns(key_columns + k * padded),
        keys(value_columns + k * padded),
        dkeys(keys + k * padded),
        dvalues(dkeys + k * padded),
        weights(dvalues + k * padded),
        dscores(weights + kGroup * padded),
        queries(dscores + kGroup * padded),
        back(queries + kGroup * k),
        dqueries(back + kGroup * k) {}
};

RECOMBINE_INLINE float dot(const float* a, const float* b, std::int64_t count) {
  Lanes sums{};
  for (std::int64_t i = 0; i < count; i += kLanes) sums += load(a + i) * load(b + i);
  return sum_of(sums);
}

/// Scores [padded] become weights, gradients of weights those of scores. `along`: mixed x its
/// gradient.
RECOMBINE_INLINE void back_to_scores(
    float* weights, float* dscores, std::int64_t padded, float log_sum, float along) {
  for (std::int64_t j = 0; j < padded; j += kLanes) {
    const Lanes weight = exponential(load(weights + j) - log_sum);
    store(weights + j, weight);
    store(dscores + j, weight * (load(dscores + j) - along));
  }
}

/// Where a group has fewer than kGroup queries, the others have no gradient to give: zeros.
RECOMBINE_INLINE void back_group(const Head& at,
                                 const Tokens& queries,
                                 std::int64_t query,
                                 const AttendResults& known,
                                 const BackwardScratch& scratch,
                                 const AttendGradients& gradients) {
  const Attending& shape = at.shape;
  const std::int64_t k = shape.width;
  const std::int64_t p = at.padded;
  at.take_queries(queries, query, scratch.queries);
  at.take_group(known.dmixed + at.at(query, shape.queries), shape.heads * k, query, 1,
                scratch.back);
  at.score(scratch.queries, scratch.key_columns, query, scratch.weights);
  multiply(scratch.back, scratch.value_columns, k, p, scratch.dscores);
  std::fill_n(scratch.dscores + at.present(query) * p, (kGroup - at.present(query)) * p, 0.0F);
  std::fill_n(scratch.weights + at.present(query) * p, (kGroup - at.present(query)) * p, 0.0F);
  for (std::int64_t g = 0; g < at.present(query); ++g) {
    float* dscores = scratch.dscores + g * p;
    back_to_scores(scratch.weights + g * p, dscores, p, known.log_sums[at.log_sum(query + g)],
                   dot(known.mixed + at.at(query + g, shape.queries), scratch.back + g * k, k));
    if (gradients.bias == nullptr) continue;
    float* sums = gradients.bias + at.bias(query + g);
    for (std::int64_t j = 0; j < shape.keys; ++j) sums[j] += dscores[j];
  }
  mix(scratch.dscores, scratch.keys, shape.keys, k, p, scratch.dqueries);
  for (std::int64_t g = 0; g < at.present(query); ++g) {
    to_rows(scratch.dqueries + g * k, k, 1, k, at.scale,
            gradients.query + at.at(query + g, shape.queries));
  }
  spread(scratch.dscores, scratch.queries, shape.keys, k, p, scratch.dkeys);
  spread(scratch.weights, scratch.back, shape.keys, k, p, scratch.dvalues);
}

}  // namespace

std::size_t attend_workspace(const Attending& shape) {
  const std::int64_t padded = whole_lanes(shape.keys);
  return static_cast<std::size_t>((5 * shape.width + 2 * kGroup) * padded +
                                  3 * kGroup * shape.width);
}

RECOMBINE_CLONES
void attend_backward(const Attending& shape,
                     const QueryKeyValue& tokens,
                     const AttendResults& results,
                     const AttendGradients& gradients,
                     float* workspace) {
  const std::int64_t k = shape.width;
  const BackwardScratch scratch(workspace, k, whole_lanes(shape.keys));
  for (std::int64_t number = 0; number < shape.rows * shape.heads; ++number) {
    const Head at{shape, number / shape.heads, number % shape.heads};
    to_columns(at.of(tokens.key), tokens.key.token_step, shape.keys, k, scratch.key_columns);
    to_columns(at.of(tokens.value), tokens.value.token_step, shape.keys, k, scratch.value_columns);
    to_rows(at.of(tokens.key), tokens.key.token_step, shape.keys, k, 1, scratch.keys);
    std::fill_n(scratch.dkeys, shape.keys * k, 0.0F);
    std::fill_n(scratch.dvalues, shape.keys * k, 0.0F);
    for (std::int64_t query = 0; query < shape.queries; query += kGroup)
      back_group(at, tokens.query, query, results, scratch, gradients);
    for (std::int64_t j = 0; j < shape.keys; ++j) {
      to_rows(scratch.dkeys + j * k, k, 1, k, 1, gradients.key + at.at(j, shape.keys));
      to_rows(scratch.dvalues + j * k, k, 1, k, 1, gradients.value + at.at(j, shape.keys));
    }
  }
}

}  // namespace recombine::fused
