#pragma once
// The exchange of states between two runs: what causal tracing is made of (arXiv
// 2405.15071). Letters: docs/GLOSSARY.md.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "data/fact.h"
#include "data/random.h"
#include "models/residual_model.h"

namespace recombine {

/// A place whose state is exchanged, and the answer that is watched.
struct CausalRow {
  std::string token;        ///< at the exchanged positions: of two hops "h", "r1", "r2" or "b"
  std::string target;       ///< "b", named at position 2, or "t", named at the last position
  int layer = 0;            ///< whose state of that place comes from the changed question
  std::uint64_t items = 0;  ///< whose undisturbed answer is right, and that could be changed
  double altered = 0;       ///< share of them whose answer is no longer the true one

  friend bool operator==(const CausalRow&, const CausalRow&) = default;
};

/// The items with one token replaced by another of its kind that leads elsewhere. `kept` says which
/// items have such a token. One token alone is changed, and its place is where the state is
/// exchanged.
struct ChangedTokens {
  torch::Tensor tokens;  ///< [B, T] int64
  torch::Tensor kept;    ///< [B] bool
};

/// `other(item, random)` names another token for `position` of an item, if there is one; its random
/// words are those of (seed, item, stream kTrace, position).
ChangedTokens change_tokens(
    const torch::Tensor& tokens,
    int position,
    std::uint64_t seed,
    const std::function<std::optional<Token>(std::size_t, CounterRandom&)>& other);

struct Exchange {
  std::string token;
  std::vector<int> positions;  ///< whose states are exchanged together
  ChangedTokens changed;
};

/// A position at which an answer is named.
struct Target {
  std::string name;
  int position = 0;
  torch::Tensor truth;  ///< [B]
};

/// The states of `layer` among those of all layers, `normal` [B, T, D] each, with `positions` taken
/// from `other`, run to the end; the most probable token at `target` [B]. What a later turn reads
/// again of layer 0 is normal, but where layer 0 itself is exchanged.
torch::Tensor patched_answer(ResidualModel& model,
                             int layer,
                             const std::vector<torch::Tensor>& normal,
                             const torch::Tensor& other,
                             const std::vector<int>& positions,
                             int target);

/// Every exchange and target at every layer that a block reads, in the run of tokens [B, T].
std::vector<CausalRow> exchange_states(ResidualModel& model,
                                       const torch::Tensor& tokens,
                                       const std::vector<Exchange>& exchanges,
                                       const std::vector<Target>& targets);

}  // namespace recombine
