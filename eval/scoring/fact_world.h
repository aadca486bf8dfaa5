#pragma once
// The facts that questions are made of.

#include <compare>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "data/storage/dataset.h"

namespace recombine {

/// A fact: `relation` leads from `head` to `tail`, an entity or, where entities are compared, a
/// value.
struct AtomicFact {
  Token head = 0;
  Token relation = 0;
  Token tail = 0;

  friend auto operator<=>(const AtomicFact&, const AtomicFact&) = default;
};

/// The entities and the relations of a question, in its order.
struct QuestionParts {
  std::vector<Token> entities;
  std::vector<Token> relations;
};
QuestionParts parts_of(std::span<const Token> question, const FactVocabulary& vocabulary);

/// The last token of the answer before </a>; nothing where there is none.
std::optional<Token> last_of_answer(const FactItem& item, const FactVocabulary& vocabulary);

/// The fact that a question of one hop states; nothing for longer questions and comparisons.
std::optional<AtomicFact> atomic_fact(const FactItem& item, const FactVocabulary& vocabulary);

/// The facts that lead from the head to the answer, noise aside; none where the item does not know.
std::vector<AtomicFact> facts_on_path(const FactItem& item, const FactVocabulary& vocabulary);

/// The set `train` beside the set in `folder` (which may be that set); nothing where there is none.
std::optional<std::filesystem::path> training_folder(const std::filesystem::path& folder);

/// The atomic facts of that training set, in its order; none where there is none of the same world.
std::vector<AtomicFact> facts_beside(const FactSet& data);

}  // namespace recombine
