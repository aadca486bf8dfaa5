#pragma once
// Two-hop questions as tracing sees them: tokens by position, and the facts that changed questions
// follow. Positions: 0 h, 1 r1, 2 r2 and, with a chain of thought, 3 b (arXiv
// 2405.15071).

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <torch/torch.h>

#include "data/storage/dataset.h"
#include "eval/scoring/fact_world.h"

namespace recombine {

struct TracedItem {
  Token head = 0;
  Token first = 0;   ///< r1
  Token second = 0;  ///< r2
  Token bridge = 0;
  Token tail = 0;
};

struct TracedItems {
  bool chain = false;  ///< whether answers write the bridge down
  std::vector<TracedItem> items;

  /// [B, 4] int64 with a chain of thought, else [B, 3].
  torch::Tensor tokens() const;
  /// [B] int64: that token of each item.
  torch::Tensor column(Token TracedItem::*token) const;
};

/// `count` two-hop items of a set whose path is known, chosen by (seed, stream kTrace) and in the
/// order of the set; all where there are no more. Throws DataError where there is none.
TracedItems traced_items(const FactSet& set, std::uint64_t count, std::uint64_t seed);

/// `count` of the places, or all where there are no more, chosen by (seed, stream kTrace); their
/// order stays.
std::vector<std::size_t> sampled(std::vector<std::size_t> places,
                                 std::uint64_t count,
                                 std::uint64_t seed);

/// Who is reached from an entity by a relation, or which value it has of an attribute.
class FactIndex {
 public:
  FactIndex(const std::vector<AtomicFact>& facts, const FactVocabulary& vocabulary);

  std::optional<Token> follow(Token head, Token relation) const;
  /// Relations that lead from an entity, rising.
  const std::vector<Token>& relations_of(Token head) const;
  int entities() const { return entities_; }

 private:
  int entities_;
  std::map<std::pair<Token, Token>, Token> tails_;
  std::map<Token, std::vector<Token>> relations_;
};

}  // namespace recombine
