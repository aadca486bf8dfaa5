#pragma once
// Softmax attention on the CPU, one head of one row of a batch at a time: no more scores exist at
// once than those of a few queries. Plain arrays; models/fused/attention.h makes a differentiable
// function of them.
// Letters: docs/GLOSSARY.md; K is a multiple of kHeadStep.

#include <cstddef>
#include <cstdint>

#include "models/fused/kernels.h"

namespace recombine::fused {

inline constexpr int kHeadStep = 2 * kLanes;

struct Attending {
  std::int64_t rows, heads, queries, keys, width;  ///< R, H, L, T, K
  bool causal;                                     ///< query i sees the keys 0 to i alone
  const float* bias;        ///< [H, L, T] or [1, L, T], added to the scores; null: none
  std::int64_t bias_heads;  ///< H or 1
};

/// Numbers of tokens [R, tokens, H K], those of one token side by side.
struct Tokens {
  const float* data;
  std::int64_t row_step, token_step;  ///< in floats
};

struct QueryKeyValue {
  Tokens query, key, value;
};

/// Floats that either function below works with.
std::size_t attend_workspace(const Attending& shape);

/// mixed [R, L, H K]: values, weighed by the softmax of query x key / sqrt(K) + bias; log_sums
/// [R, H, L]: the logs of the softmax's sums, kept for the way back.
void attend_forward(const Attending& shape,
                    const QueryKeyValue& tokens,
                    float* mixed,
                    float* log_sums,
                    float* workspace);

/// What the forward pass gave, and the gradient of mixed.
struct AttendResults {
  const float *mixed, *log_sums, *dmixed;
};

struct AttendGradients {
  float *query, *key, *value;  ///< [R, L, H K], [R, T, H K] twice
  float* bias;                 ///< as the bias; sums are added to it; null: not wanted
};

/// From the gradient of mixed: those of all that went in.
void attend_backward(const Attending& shape,
                     const QueryKeyValue& tokens,
                     const AttendResults& results,
                     const AttendGradients& gradients,
                     float* workspace);

}  // namespace recombine::fused
