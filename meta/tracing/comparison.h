#pragma once
// Comparisons as tracing sees them (arXiv 2405.15071).
// Positions: 0 attribute, 1 <q>, 2 e1, 3 <mask>, 4 e2 and, in the complex task, 5 </q>, 6 <a>; the
// label is named at the last one.

#include <cstdint>
#include <vector>

#include <torch/torch.h>

#include "data/storage/dataset.h"
#include "meta/tracing/exchange.h"
#include "meta/tracing/lens.h"
#include "meta/tracing/traced_items.h"
#include "models/gpt/gpt.h"

namespace recombine {

struct ComparedItem {
  std::vector<Token> question;  ///< all that stands before the label
  Token attribute = 0;
  Token first = 0;   ///< e1
  Token second = 0;  ///< e2
  Token label = 0;
};

struct ComparedItems {
  std::vector<ComparedItem> items;

  /// [B, T] int64.
  torch::Tensor tokens() const;
};

/// `count` comparisons of a set between entities whose values are known, chosen by (seed, stream
/// kTrace) and in the order of the set. Throws DataError where there is none.
ComparedItems compared_items(const FactSet& set,
                             const FactIndex& values,
                             std::uint64_t count,
                             std::uint64_t seed);

/// The items with one of the three tokens "a", "e1" and "e2" (at position 0, 2 and 4) replaced, so
/// that the comparison has another outcome.
ChangedTokens change_compared(const ComparedItems& items,
                              const FactIndex& values,
                              const FactVocabulary& vocabulary,
                              int position,
                              std::uint64_t seed);

/// Targets "v1" and "v2", the entities' values, and "label".
std::vector<LensRow> logit_lens(ResidualModel& model,
                                const ComparedItems& items,
                                const FactIndex& values);

/// The attribute (positions 0 and 1 together), e1 (2 and 3) and e2 (4) against the label.
std::vector<CausalRow> causal_tracing(ResidualModel& model,
                                      const ComparedItems& items,
                                      const FactIndex& values,
                                      const FactVocabulary& vocabulary,
                                      std::uint64_t seed);

}  // namespace recombine
