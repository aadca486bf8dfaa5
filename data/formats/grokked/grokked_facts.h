#pragma once
// What the published files leave out of their items, found from the atomic facts beside them: true
// paths, ID or OOD, noise.

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "data/formats/grokked/grokked.h"

namespace recombine {

/// One step: the entity or, where entities are compared, the attribute of an entity.
using Hop = std::uint64_t;

/// Who is reached by which step.
class AtomicFacts {
 public:
  explicit AtomicFacts(FactVocabulary vocabulary) : vocabulary_(std::move(vocabulary)) {}

  /// Learns from an atomic item of the composition task; passes over all others.
  void add(const FactItem& item);
  /// The true entities of an item from its head on: as many as its steps, and one. Empty where a
  /// fact is missing, or where entities are compared.
  std::vector<Token> path(const FactItem& item) const;

 private:
  FactVocabulary vocabulary_;
  std::unordered_map<Hop, Token> tails_;
};

/// Whether an answer is not the one that its path gives; false where the path is unknown.
bool answers_falsely(const FactItem& item, const FactVocabulary& vocabulary);

/// Sets the types of the training items of the composition task that have none. An atomic fact is
/// what test.json calls it; else OOD where it is a step of an OOD test item, ID where it is a step
/// of a training or ID test item. Returns how many nothing was said of: they are called ID, which
/// happens where few longer facts are trained.
/// Requires that paths are set.
std::uint64_t decide_types(std::span<GrokkedRow> train,
                           std::span<const FactItem> probes,
                           const FactVocabulary& vocabulary);

}  // namespace recombine
