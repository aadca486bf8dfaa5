#pragma once
// Logit lens: which token a residual state would name if it were the last one (as in
// arXiv 2405.15071).

#include <string>
#include <utility>
#include <vector>

#include <torch/torch.h>

#include "meta/tracing/traced_items.h"
#include "models/residual_model.h"

namespace recombine {

/// How high a target stands in what a state names, over the items.
struct LensRow {
  std::string target;  ///< of two hops "b", "r2" or "t"
  int position = 0;
  int layer = 0;         ///< 0: sum of the embeddings; l: output of block l
  double mean_rank = 0;  ///< rank: how many tokens have a larger logit
  double mrr = 0;        ///< mean of 1 / (rank + 1)
  double top = 0;        ///< share of rank 0

  friend bool operator==(const LensRow&, const LensRow&) = default;
};

/// logits [B, V], target [B] int64 -> [B] int64: tokens with strictly larger logits.
torch::Tensor ranks(const torch::Tensor& logits, const torch::Tensor& target);

/// A name, and that token of each item [B].
using LensTarget = std::pair<std::string, torch::Tensor>;

/// Every target at every position and layer of tokens [B, T]: the final norm once, then the head.
std::vector<LensRow> logit_lens(ResidualModel& model,
                                const torch::Tensor& tokens,
                                const std::vector<LensTarget>& targets);
std::vector<LensRow> logit_lens(ResidualModel& model, const TracedItems& items);

}  // namespace recombine
