#include "eval/llm/prompts/fact_context.h"

#include <algorithm>
#include <set>
#include <utility>

#include "data/error.h"
#include "data/random.h"
#include "data/storage/hash.h"

namespace recombine {
namespace {

bool contains(const std::vector<AtomicFact>& facts, const AtomicFact& fact) {
  return std::ranges::find(facts, fact) != facts.end();
}

/// The trained comparisons that the values of `facts` do not give.
std::vector<AtomicFact> comparisons_beside(const FactSet& data,
                                           const std::vector<AtomicFact>& facts) {
  const auto folder = training_folder(data.folder());
  if (!folder || facts.empty()) return {};
  std::set<std::pair<Token, Token>> valued;
  for (const AtomicFact& fact : facts) valued.emplace(fact.head, fact.relation);
  const FactSet train(*folder);
  const FactVocabulary& vocabulary = train.records().vocabulary;
  std::vector<AtomicFact> comparisons;
  for (const FactItem& item : train) {
    const QuestionParts parts = parts_of(item.question(), vocabulary);
    const auto label = last_of_answer(item, vocabulary);
    if (parts.entities.size() != 2 || !label) continue;
    const Token attribute = parts.relations.front();
    const bool given = valued.contains({parts.entities[0], attribute}) &&
                       valued.contains({parts.entities[1], attribute});
    if (!given) comparisons.push_back({parts.entities[0], *label, parts.entities[1]});
  }
  return comparisons;
}

/// The attribute that a fact is about: of a comparison, its label's.
Token attribute_of(const AtomicFact& fact, const FactVocabulary& vocabulary) {
  if (vocabulary.is_relation(fact.relation)) return fact.relation;
  return vocabulary.relation(static_cast<int>(fact.relation - vocabulary.label(0, 0)) / 3);
}

}  // namespace

FactContext::FactContext(const FactSet& data, PromptConfig config)
    : config_(std::move(config)),
      vocabulary_(data.records().vocabulary),
      facts_(facts_beside(data)) {
  if (vocabulary_.compares()) {
    const std::vector<AtomicFact> more = comparisons_beside(data, facts_);
    facts_.insert(facts_.end(), more.begin(), more.end());
  }
  std::ranges::sort(facts_);
  facts_.erase(std::unique(facts_.begin(), facts_.end()), facts_.end());
  for (const AtomicFact& fact : facts_) {
    if (vocabulary_.compares()) of_attribute_[attribute_of(fact, vocabulary_)].push_back(fact);
  }
}

std::vector<AtomicFact> FactContext::facts_of(Token head) const {
  const auto begin = std::ranges::lower_bound(facts_, head, {}, &AtomicFact::head);
  const auto end = std::ranges::upper_bound(facts_, head, {}, &AtomicFact::head);
  return {begin, end};
}

const std::vector<AtomicFact>& FactContext::facts_on(const FactItem& item) const {
  if (!vocabulary_.compares()) return facts_;
  static const std::vector<AtomicFact> kNone;
  const auto found = of_attribute_.find(parts_of(item.question(), vocabulary_).relations.front());
  return found == of_attribute_.end() ? kNone : found->second;
}

std::vector<AtomicFact> FactContext::followed(const FactItem& item) const {
  const QuestionParts parts = parts_of(item.question(), vocabulary_);
  std::vector<AtomicFact> path;
  Token at = parts.entities.front();
  for (const Token relation : parts.relations) {
    const auto from = facts_of(at);
    const auto fact = std::ranges::find(from, relation, &AtomicFact::relation);
    if (fact == from.end()) return {};
    path.push_back(*fact);
    at = fact->tail;
  }
  return path;
}

std::vector<AtomicFact> FactContext::compared_needs(const FactItem& item) const {
  const QuestionParts parts = parts_of(item.question(), vocabulary_);
  const Token attribute = parts.relations.front();
  std::vector<AtomicFact> facts;
  const auto add_value = [&](Token entity) {
    const auto of_entity = facts_of(entity);
    const auto value = std::ranges::find(of_entity, attribute, &AtomicFact::relation);
    if (value == of_entity.end()) return false;
    if (!contains(facts, *value)) facts.push_back(*value);
    return true;
  };
  std::set<Token> unknown;
  for (const Token entity : parts.entities) {
    if (!add_value(entity)) unknown.insert(entity);
  }
  if (unknown.empty()) return facts;
  for (const AtomicFact& fact : facts_on(item)) {
    if (vocabulary_.is_relation(fact.relation)) continue;
    if (!unknown.contains(fact.head) && !unknown.contains(fact.tail)) continue;
    facts.push_back(fact);
    add_value(unknown.contains(fact.head) ? fact.tail : fact.head);
  }
  return facts;
}

std::vector<AtomicFact> FactContext::needed(const FactItem& item) const {
  if (vocabulary_.compares()) return compared_needs(item);
  std::vector<AtomicFact> path = followed(item);
  require_data(!path.empty(), item.id, ": the training set has no facts that lead to its answer");
  return path;
}

void FactContext::add_others(const FactItem& item,
                             CounterRandom& random,
                             std::vector<AtomicFact>& told) const {
  const std::vector<AtomicFact> path = told;
  const auto limit = std::max(path.size(), static_cast<std::size_t>(config_.facts));
  const auto add = [&](const AtomicFact& fact) {
    if (told.size() < limit && !contains(told, fact)) told.push_back(fact);
  };
  // One of each entity in turn, so that a small limit leaves every hop a choice.
  for (std::size_t place = 0, added = vocabulary_.compares() ? 0U : 1U; added > 0; ++place) {
    added = 0;
    for (const AtomicFact& step : path) {
      const auto from = facts_of(step.head);
      if (place >= from.size()) continue;
      add(from[place]);
      ++added;
    }
  }
  if (told.size() >= limit) return;
  std::vector<AtomicFact> others = facts_on(item);
  shuffle(random, std::span(others));
  for (std::size_t i = 0; i < others.size() && told.size() < limit; ++i) add(others[i]);
}

std::vector<AtomicFact> FactContext::told(const FactItem& item) const {
  if (config_.context == "none") return {};
  std::vector<AtomicFact> told = config_.context == "all" ? facts_on(item) : needed(item);
  CounterRandom random(config_.seed, xxh3(item.id), Stream::kSample);
  if (config_.context == "some") add_others(item, random, told);
  shuffle(random, std::span(told));
  return told;
}

}  // namespace recombine
