// The ceiling: follows the facts of the training set along the relations of the question.

#include <map>

#include "eval/baselines/fact_baseline.h"
#include "eval/scoring/fact_world.h"

namespace recombine {
namespace {

using Tails = std::map<std::pair<Token, Token>, Token>;  ///< by head and relation

/// The entities from the head on, without it; of a question of no hop the head.
std::optional<std::vector<Token>> follow(const Tails& tails, const QuestionParts& parts) {
  std::vector<Token> chain;
  Token here = parts.entities.front();
  if (parts.relations.empty()) chain.push_back(here);
  for (const Token relation : parts.relations) {
    const auto next = tails.find({here, relation});
    if (next == tails.end()) return std::nullopt;
    here = next->second;
    chain.push_back(here);
  }
  return chain;
}

/// The label of a comparison: values are in the order of their tokens.
std::optional<std::vector<Token>> compare(const Tails& tails,
                                          const QuestionParts& parts,
                                          const FactVocabulary& vocabulary) {
  const Token attribute = parts.relations.front();
  const auto first = tails.find({parts.entities[0], attribute});
  const auto second = tails.find({parts.entities[1], attribute});
  if (first == tails.end() || second == tails.end()) return std::nullopt;
  const int order = first->second < second->second ? 0 : first->second == second->second ? 1 : 2;
  return std::vector{vocabulary.label(static_cast<int>(attribute - vocabulary.relation(0)), order)};
}

/// The end of `chain` that fills `places`, as the set writes answers: with </a>, and behind <a>
/// where there is a place more than the chain has.
std::optional<std::vector<Token>> written(std::vector<Token> chain,
                                          std::size_t places,
                                          const FactVocabulary& vocabulary) {
  if (places < 2) return std::nullopt;
  const std::size_t wanted = places - 1;
  if (wanted < chain.size())
    chain.erase(chain.begin(), chain.end() - static_cast<std::ptrdiff_t>(wanted));
  if (wanted > chain.size() && vocabulary.compares())
    chain.insert(chain.begin(), vocabulary.answer());
  chain.push_back(vocabulary.end());
  return chain;
}

}  // namespace

FactAnswerer fact_lookup(const FactSet& train) {
  const FactVocabulary& vocabulary = train.records().vocabulary;
  std::vector<AtomicFact> facts;
  for (const FactItem& item : train) {
    if (const auto fact = atomic_fact(item, vocabulary)) facts.push_back(*fact);
  }
  return fact_lookup(vocabulary, facts);
}

FactAnswerer fact_lookup(const FactVocabulary& vocabulary, std::span<const AtomicFact> facts) {
  Tails tails;
  for (const AtomicFact& fact : facts) tails[{fact.head, fact.relation}] = fact.tail;
  return [vocabulary, tails](const FactTask& task) -> std::optional<std::vector<Token>> {
    const QuestionParts parts = parts_of(task.question, vocabulary);
    if (parts.entities.empty()) return std::nullopt;
    if (vocabulary.compares() && parts.relations.empty()) return std::nullopt;
    const bool comparison = parts.entities.size() > 1 && vocabulary.compares();
    auto chain = comparison ? compare(tails, parts, vocabulary) : follow(tails, parts);
    return chain ? written(std::move(*chain), task.places, vocabulary) : std::nullopt;
  };
}

}  // namespace recombine
