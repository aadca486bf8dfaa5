#pragma once
// Products of small matrices that lie in the nearest memory: what attention of one head is made of.
// Letters: docs/GLOSSARY.md; `padded` is T rounded up to whole lanes, K a multiple of kHeadStep;
// kGroup queries are worked on at once.

#include <cstdint>

#include "models/fused/attend.h"
#include "models/fused/lanes.h"

namespace recombine::fused {

inline constexpr int kGroup = 4;

RECOMBINE_INLINE std::int64_t whole_lanes(std::int64_t count) {
  return (count + kLanes - 1) / kLanes * kLanes;
}

/// kLanes rows of kLanes numbers, turned.
RECOMBINE_INLINE void turn(const float* from, std::int64_t step, float* to, std::int64_t to_step) {
  static_assert(kLanes == 8);
  Lanes one[kLanes];
  Lanes two[kLanes];
  for (int i = 0; i < kLanes; i += 2) {
    const Lanes a = load(from + i * step);
    const Lanes b = load(from + (i + 1) * step);
    one[i] = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14);
    one[i + 1] = __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (const int i : {0, 1, 4, 5}) {
    two[i] = __builtin_shufflevector(one[i], one[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    two[i + 2] = __builtin_shufflevector(one[i], one[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  for (int i = 0; i < 4; ++i) {
    store(to + i * to_step, __builtin_shufflevector(two[i], two[i + 4], 0, 1, 2, 3, 8, 9, 10, 11));
    store(to + (i + 4) * to_step,
          __builtin_shufflevector(two[i], two[i + 4], 4, 5, 6, 7, 12, 13, 14, 15));
  }
}

/// rows [T, K], `step` apart -> columns [K, padded], zeros behind the T.
RECOMBINE_INLINE void to_columns(
    const float* rows, std::int64_t step, std::int64_t t, std::int64_t k, float* columns) {
  const std::int64_t p = whole_lanes(t);
  std::int64_t j = 0;
  for (; j + kLanes <= t; j += kLanes) {
    for (std::int64_t d = 0; d < k; d += kLanes)
      turn(rows + j * step + d, step, columns + d * p + j, p);
  }
  if (j == p) return;
  for (std::int64_t d = 0; d < k; ++d) {
    Lanes last{};
    for (std::int64_t i = j; i < t; ++i) last[i - j] = rows[i * step + d];
    store(columns + d * p + j, last);
  }
}

/// rows [count, K], `step` apart -> [count, K] without gaps, times `factor`.
RECOMBINE_INLINE void to_rows(const float* rows,
                              std::int64_t step,
                              std::int64_t count,
                              std::int64_t k,
                              float factor,
                              float* packed) {
  for (std::int64_t j = 0; j < count; ++j) {
    for (std::int64_t d = 0; d < k; d += kLanes)
      store(packed + j * k + d, load(rows + j * step + d) * factor);
  }
}

/// rows [kGroup, K] x columns [K, padded] -> out [kGroup, padded].
RECOMBINE_INLINE void multiply(
    const float* rows, const float* columns, std::int64_t k, std::int64_t p, float* out) {
  std::int64_t j = 0;
  for (; j + 2 * kLanes <= p; j += 2 * kLanes) {
    Lanes left[kGroup] = {};
    Lanes right[kGroup] = {};
    for (std::int64_t d = 0; d < k; ++d) {
      const Lanes a = load(columns + d * p + j);
      const Lanes b = load(columns + d * p + j + kLanes);
      for (int g = 0; g < kGroup; ++g) {
        left[g] += rows[g * k + d] * a;
        right[g] += rows[g * k + d] * b;
      }
    }
    for (int g = 0; g < kGroup; ++g) {
      store(out + g * p + j, left[g]);
      store(out + g * p + j + kLanes, right[g]);
    }
  }
  if (j == p) return;
  Lanes last[kGroup] = {};
  for (std::int64_t d = 0; d < k; ++d) {
    const Lanes a = load(columns + d * p + j);
    for (int g = 0; g < kGroup; ++g) last[g] += rows[g * k + d] * a;
  }
  for (int g = 0; g < kGroup; ++g) store(out + g * p + j, last[g]);
}

/// weights [kGroup, padded] x rows [T, K] -> out [kGroup, K].
RECOMBINE_INLINE void mix(const float* weights,
                          const float* rows,
                          std::int64_t t,
                          std::int64_t k,
                          std::int64_t p,
                          float* out) {
  for (std::int64_t d = 0; d < k; d += kHeadStep) {
    Lanes left[kGroup] = {};
    Lanes right[kGroup] = {};
    for (std::int64_t j = 0; j < t; ++j) {
      const Lanes a = load(rows + j * k + d);
      const Lanes b = load(rows + j * k + d + kLanes);
      for (int g = 0; g < kGroup; ++g) {
        left[g] += weights[g * p + j] * a;
        right[g] += weights[g * p + j] * b;
      }
    }
    for (int g = 0; g < kGroup; ++g) {
      store(out + g * k + d, left[g]);
      store(out + g * k + d + kLanes, right[g]);
    }
  }
}

/// sums [T, K] += weights [kGroup, padded], turned, x rows [kGroup, K].
RECOMBINE_INLINE void spread(const float* weights,
                             const float* rows,
                             std::int64_t t,
                             std::int64_t k,
                             std::int64_t p,
                             float* sums) {
  for (std::int64_t d = 0; d < k; d += kHeadStep) {
    Lanes left[kGroup];
    Lanes right[kGroup];
    for (int g = 0; g < kGroup; ++g) {
      left[g] = load(rows + g * k + d);
      right[g] = load(rows + g * k + d + kLanes);
    }
    for (std::int64_t j = 0; j < t; ++j) {
      Lanes a = load(sums + j * k + d);
      Lanes b = load(sums + j * k + d + kLanes);
      for (int g = 0; g < kGroup; ++g) {
        a += weights[g * p + j] * left[g];
        b += weights[g * p + j] * right[g];
      }
      store(sums + j * k + d, a);
      store(sums + j * k + d + kLanes, b);
    }
  }
}

}  // namespace recombine::fused
