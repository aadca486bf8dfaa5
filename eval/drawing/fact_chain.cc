#include "eval/drawing/fact_chain.h"

#include <algorithm>

#include "eval/scoring/fact_scores.h"

namespace recombine {

FactChain chain_of(const FactItem& item, const FactVocabulary& vocabulary) {
  const QuestionParts parts = parts_of(item.question(), vocabulary);
  if (vocabulary.compares() && parts.entities.size() > 1)
    return {parts.entities, parts.relations, false};
  FactChain chain{{}, parts.relations, true};
  for (const AtomicFact& fact : facts_on_path(item, vocabulary)) {
    if (chain.nodes.empty()) chain.nodes.push_back(fact.head);
    chain.nodes.push_back(fact.tail);
  }
  if (chain.nodes.empty()) chain.nodes = parts.entities;  // the path is not known
  return chain;
}

std::string short_text(Token token, const FactVocabulary& vocabulary) {
  const std::string text = vocabulary.text(token);
  return text.substr(1, text.size() - 2);
}

std::vector<SaidNode> said_nodes(const FactEntry& entry,
                                 const FactChain& chain,
                                 const FactVocabulary& vocabulary) {
  const auto truth = entry.item.answer();
  const std::vector<Token> tokens = read_fact_answer(entry.said->text, vocabulary).tokens;
  const std::size_t asked = truth.size() - 1;
  const std::size_t places = chain.nodes.size() - 1;
  std::vector<SaidNode> nodes = {{short_text(chain.nodes.front(), vocabulary), BoxStyle::kFaint}};
  // Without a chain of thought the bridges are not said: the answer stands at the tail.
  for (std::size_t i = asked; i < places; ++i) nodes.push_back({"?", BoxStyle::kFaint});
  for (std::size_t i = asked - std::min(asked, places); i < asked; ++i) {
    if (i >= tokens.size()) {
      nodes.push_back({"nothing", BoxStyle::kWrong});
      continue;
    }
    const BoxStyle style = tokens[i] == truth[i] ? BoxStyle::kRight : BoxStyle::kWrong;
    nodes.push_back({short_text(tokens[i], vocabulary), style});
  }
  return nodes;
}

SaidFact said(const Prediction* prediction, const FactVocabulary& vocabulary) {
  if (prediction == nullptr) return {"", "missing"};
  if (!prediction->invalid.empty()) return {prediction->text, prediction->invalid};
  return {prediction->text, read_fact_answer(prediction->text, vocabulary).invalid};
}

std::string verdict(const FactEntry& entry, const FactVocabulary& vocabulary) {
  if (!entry.said) return "";
  if (!entry.said->invalid.empty()) return "no answer: " + entry.said->invalid;
  const FactScore score =
      score_fact(entry.item, read_fact_answer(entry.said->text, vocabulary), "", vocabulary);
  if (score.exact) return "right";
  const bool bridge = score.bridge.value_or(true);
  if (bridge && score.answer) return "wrong: its length";
  if (bridge) return "wrong: answer";
  return score.answer ? "wrong: bridge" : "wrong: bridge and answer";
}

}  // namespace recombine
