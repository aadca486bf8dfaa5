#include "eval/llm/prompts/fact_words.h"

#include <array>

#include "data/error.h"

namespace recombine {
namespace {

std::string plain(Token token, const FactVocabulary& vocabulary) {
  const std::string text = vocabulary.text(token);
  return text.substr(1, text.size() - 2);
}

/// 0: the first entity has the smaller value, 1: both have the same, 2: it has the larger.
int order_of(Token label, const FactVocabulary& vocabulary) {
  return static_cast<int>((label - vocabulary.label(0, 0)) % 3);
}

std::string age_line(const AtomicFact& fact, const FactVocabulary& vocabulary) {
  const std::string head = plain(fact.head, vocabulary);
  const std::string tail = plain(fact.tail, vocabulary);
  if (vocabulary.is_relation(fact.relation)) return cat(head, " is ", tail, " years old.");
  const int order = order_of(fact.relation, vocabulary);
  if (order == 1) return cat(head, " and ", tail, " are of the same age.");
  return cat(head, " is ", order_word(order), " than ", tail, ".");
}

}  // namespace

std::string plain_tokens(std::span<const Token> tokens, const FactVocabulary& vocabulary) {
  std::string words;
  for (const Token token : tokens) {
    if (!words.empty()) words += ' ';
    words += plain(token, vocabulary);
  }
  return words;
}

std::string fact_lines(const std::vector<AtomicFact>& facts, const FactVocabulary& vocabulary) {
  std::string lines;
  for (const AtomicFact& fact : facts) {
    const std::array<Token, 3> tokens = {fact.head, fact.relation, fact.tail};
    lines += lines.empty() ? "" : "\n";
    lines += vocabulary.compares() ? age_line(fact, vocabulary) : plain_tokens(tokens, vocabulary);
  }
  return lines;
}

std::string_view order_word(int order) {
  static constexpr std::array<std::string_view, 3> kWords = {"younger", "same age", "older"};
  return kWords.at(static_cast<std::size_t>(order));
}

AgeQuestion age_question(const FactItem& item, const FactVocabulary& vocabulary) {
  const QuestionParts parts = parts_of(item.question(), vocabulary);
  const auto answer = last_of_answer(item, vocabulary);
  require_data(answer.has_value() && !parts.entities.empty(), item.id, ": has no answer");
  const std::string one = plain(parts.entities.front(), vocabulary);
  if (parts.entities.size() == 1)
    return {cat("How old is ", one, "?"), plain(*answer, vocabulary), false};
  const std::string other = plain(parts.entities[1], vocabulary);
  return {cat("Is ", one, " younger than ", other, ", older than ", other,
              ", or are both of the same age?"),
          std::string(order_word(order_of(*answer, vocabulary))), true};
}

}  // namespace recombine
