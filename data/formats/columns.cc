#include "data/formats/columns.h"

#include "data/formats/fact_text.h"

namespace recombine {

std::array<std::string, kGridTexts> texts_of(const Episode& episode) {
  const Grammar& grammar = episode.grammar;
  return {episode.id, triplet(grammar), to_text(grammar.shape_rule()),
          to_text(grammar.colour_rule()), indicator_rules_text(grammar)};
}

std::array<std::string, kFactTexts> texts_of(const FactItem& item,
                                             const FactVocabulary& vocabulary) {
  return {item.id,
          std::string(type_name(item.type)),
          spaced_tokens(item.question(), vocabulary),
          spaced_tokens(item.answer(), vocabulary),
          vocabulary.text(item.question()),
          vocabulary.text(item.tokens),
          spaced_tokens(item.path, vocabulary)};
}

}  // namespace recombine
