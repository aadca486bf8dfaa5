#pragma once
// Causal tracing: which states an answer depends on (section 10.2 of the two-hop system).

#include <string>
#include <vector>

#include "meta/tracing/traced_items.h"
#include "models/gpt.h"

namespace recombine {

/// A place whose state is exchanged, and the answer that is watched.
struct CausalRow {
  std::string token;        ///< at the exchanged position: "h", "r1", "r2" or "b"
  std::string target;       ///< "b", named at position 2, or "t", named at the last position
  int layer = 0;            ///< whose state of that position comes from the changed question
  std::uint64_t items = 0;  ///< whose undisturbed answer is right, and that could be changed
  double altered = 0;       ///< share of them whose answer is no longer the true one

  friend bool operator==(const CausalRow&, const CausalRow&) = default;
};

/// The items with one token replaced by another of its kind that leads elsewhere: another bridge
/// and another tail for "h" and "r1", another tail for "r2" and "b". `kept` says which items have
/// such a token. One token alone is changed, and its place is where the state is exchanged.
struct ChangedTokens {
  torch::Tensor tokens;  ///< [N, T] int64
  torch::Tensor kept;    ///< [N] bool
};
ChangedTokens change_token(const TracedItems& items,
                           const FactGraph& graph,
                           int position,
                           std::uint64_t seed);

/// x [N, T, D] of layer `layer` with position `position` taken from `other`, run to the end; the
/// most probable token at `target` [N].
torch::Tensor patched_answer(GptModel& model,
                             int layer,
                             const torch::Tensor& x,
                             const torch::Tensor& other,
                             int position,
                             int target);

/// Every token and target at the layers 0 .. L - 1.
std::vector<CausalRow> causal_tracing(GptModel& model,
                                      const TracedItems& items,
                                      const FactGraph& graph,
                                      std::uint64_t seed);

}  // namespace recombine
