#pragma once
// Questions about facts and their answers laid out as pictures: the path in the graph.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/fact_vocabulary.h"
#include "data/storage/prediction.h"
#include "eval/drawing/scene.h"
#include "eval/scoring/fact_world.h"

namespace recombine {

/// What was answered to a question.
struct SaidFact {
  std::string text;
  std::string invalid;  ///< why it is no answer; "" where it is one
};

/// `prediction` may be null: not answered.
SaidFact said(const Prediction* prediction, const FactVocabulary& vocabulary);

/// A question with its answer, for pictures and tables.
struct FactEntry {
  FactItem item;
  std::optional<SaidFact> said;  ///< nothing: truth alone
};

/// "right", "wrong: bridge, answer", "no answer: missing".
std::string verdict(const FactEntry& entry, const FactVocabulary& vocabulary);

/// Question and answer as text; below them head, bridges and tail with the relations between them,
/// and for each entity some of the facts in `world` that lead to it (above) and from it (below).
/// What was answered stands beneath, wrong entities marked.
Scene fact_scene(const FactEntry& entry,
                 const FactVocabulary& vocabulary,
                 std::span<const AtomicFact> world);

/// Entries without the world around them, beside and below each other, `columns` in a row.
Scene fact_gallery(std::span<const FactEntry> entries,
                   const FactVocabulary& vocabulary,
                   int columns = 2);

}  // namespace recombine
