#pragma once
// Facts, and questions about them, as words for language models.

#include <span>
#include <string>
#include <vector>

#include "data/fact_vocabulary.h"
#include "eval/scoring/fact_world.h"

namespace recombine {

/// "e_0 r_110 e_162": tokens without their angle brackets, a blank between two.
std::string plain_tokens(std::span<const Token> tokens, const FactVocabulary& vocabulary);

/// A line a fact: "e_0 r_110 e_162"; where entities are compared "e_3 is 7 years old." and
/// "e_3 is older than e_8.", as the predecessor told them (arXiv 2405.15071, section 5).
std::string fact_lines(const std::vector<AtomicFact>& facts, const FactVocabulary& vocabulary);

/// Of a comparison "younger", "same age" or "older", by its order (0, 1, 2).
std::string_view order_word(int order);

/// What is asked where entities are compared, and the right answer: "Is e_12 younger than e_30,
/// ...?" and "older", "How old is e_12?" and "7".
struct AgeQuestion {
  std::string question;
  std::string answer;
  bool compares = false;  ///< two entities
};
AgeQuestion age_question(const FactItem& item, const FactVocabulary& vocabulary);

}  // namespace recombine
