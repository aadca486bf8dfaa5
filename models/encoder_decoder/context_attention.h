#pragma once
// Attention of many queries to one study set, and of each to tokens of its own.

#include <torch/torch.h>

namespace recombine {

/// Keys and values that a group of queries attends to. Letters:
/// docs/GLOSSARY.md; T are the tokens of the study set, `own` those of a query.
struct ContextKeys {
  torch::Tensor study_key, study_value;  ///< [B, T, D], or undefined where there is no study set
  torch::Tensor own_key, own_value;      ///< [B Q, own, D]
};

/// query [B Q, L, D] -> [B Q, L, D]: one softmax over the study tokens of the episode and the
/// query's own tokens. Where the sizes allow, the study keys are read where they lie, never copied
/// a query: all queries of an episode attend to them together.
torch::Tensor attend_in_context(const torch::Tensor& query,
                                const ContextKeys& keys,
                                std::int64_t heads);

/// The same by copying the study keys for every query: for all sizes and types.
torch::Tensor attend_in_copied_context(const torch::Tensor& query,
                                       const ContextKeys& keys,
                                       std::int64_t heads);

}  // namespace recombine
