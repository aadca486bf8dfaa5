// Questions about facts: triples of a world, then an entity and relations to follow.

#include <algorithm>

#include "data/error.h"
#include "data/random.h"
#include "data/storage/hash.h"
#include "eval/llm/prompts/asker.h"
#include "eval/llm/prompts/fact_words.h"
#include "eval/llm/prompts/template.h"

namespace recombine {
namespace {

constexpr std::string_view kText =
    "You are told facts about a small world. Entities are called e_0, e_1 and so on, relations "
    "r_0, "
    "r_1 and so on. Each fact is a line with an entity, a relation, and the entity to which this "
    "relation leads.\n"
    "\n"
    "Facts:\n"
    "{{facts}}\n"
    "\n"
    "A question is an entity with one or more relations. Begin at the entity and follow the "
    "relations "
    "from left to right: each leads on from where the one before it led.\n"
    "\n"
    "Question: {{question}}\n"
    "\n"
    "{{asked}} Write one line and nothing else.\n";

constexpr std::string_view kWithBridge =
    "Answer with every entity that is reached, in order, the last one being the answer, in the "
    "form "
    "output: {{form}}.";
constexpr std::string_view kWithoutBridge =
    "Answer with the entity that is reached in the end, and with no other, in the form output: "
    "{{form}}.";

std::string fact_line(const AtomicFact& fact, const FactVocabulary& vocabulary) {
  const std::array<Token, 3> tokens = {fact.head, fact.relation, fact.tail};
  return plain_tokens(tokens, vocabulary);
}

/// "e_a e_b e_c": as many as are asked for.
std::string form_of(int words) {
  std::string form;
  for (int i = 0; i < words; ++i) form += cat(i == 0 ? "" : " ", "e_", static_cast<char>('a' + i));
  return form;
}

std::span<const AtomicFact> facts_of(const std::vector<AtomicFact>& facts, Token head) {
  const auto begin = std::ranges::lower_bound(facts, head, {}, &AtomicFact::head);
  const auto end = std::ranges::upper_bound(facts, head, {}, &AtomicFact::head);
  return {begin, end};
}

/// Follows the facts along the relations of a question; nothing where one is missing.
std::vector<AtomicFact> followed(const FactItem& item,
                                 const FactVocabulary& vocabulary,
                                 const std::vector<AtomicFact>& facts) {
  const QuestionParts parts = parts_of(item.question(), vocabulary);
  std::vector<AtomicFact> path;
  Token at = parts.entities.front();
  for (const Token relation : parts.relations) {
    const auto from = facts_of(facts, at);
    const auto fact = std::ranges::find(from, relation, &AtomicFact::relation);
    if (fact == from.end()) return {};
    path.push_back(*fact);
    at = fact->tail;
  }
  return path;
}

}  // namespace

FactAsker::FactAsker(const FactSet& data, const PromptConfig& config, std::string text)
    : config_(config),
      text_(std::move(text)),
      vocabulary_(data.records().vocabulary),
      facts_(facts_beside(data)) {
  require(!vocabulary_.compares(), "--data ", data.folder().string(), ": is a world of the task ",
          vocabulary_.task, "; prompts ask about the task composition");
  require(config.shots == 0 && !config.has_image(), "--shots and --image: are for grids");
  require(text_.empty() || has_place(text_, "question"), "--template ", config.template_file,
          ": has no place {{question}}, so nothing would be asked");
  require_data(!facts_.empty(), data.folder().string(),
               ": there is no set 'train' of its world beside it, so there are no facts to tell");
  std::ranges::sort(facts_);
  facts_.erase(std::unique(facts_.begin(), facts_.end()), facts_.end());
}

std::string FactAsker::stratum(const FactItem& item) { return std::string(type_name(item.type)); }

std::vector<AtomicFact> FactAsker::told(const FactItem& item) const {
  const std::vector<AtomicFact> path = followed(item, vocabulary_, facts_);
  require_data(!path.empty(), item.id, ": the training set has no facts that lead to its answer");
  std::vector<AtomicFact> told = path;
  const auto limit = std::max(path.size(), static_cast<std::size_t>(config_.facts));
  const auto add = [&](const AtomicFact& fact) {
    if (told.size() < limit && std::ranges::find(told, fact) == told.end()) told.push_back(fact);
  };
  // One of each entity in turn, so that a small limit leaves every hop a choice.
  for (std::size_t place = 0, added = 1; added > 0; ++place) {
    added = 0;
    for (const AtomicFact& step : path) {
      const auto from = facts_of(facts_, step.head);
      if (place >= from.size()) continue;
      add(from[place]);
      ++added;
    }
  }
  CounterRandom random(config_.seed, xxh3(item.id), Stream::kSample);
  if (told.size() < limit) {
    std::vector<AtomicFact> others = facts_;
    shuffle(random, std::span(others));
    for (std::size_t i = 0; i < others.size() && told.size() < limit; ++i) add(others[i]);
  }
  shuffle(random, std::span(told));
  return told;
}

Questions FactAsker::questions(const FactItem& item) const {
  const auto answer = item.answer().first(item.answer().size() - 1);
  const std::vector<AtomicFact> path = followed(item, vocabulary_, facts_);
  const bool bridge = config_.bridge == "auto" ? answer.size() > 1 : config_.bridge == "on";
  Question question;
  question.item = item.id;
  question.words = bridge ? static_cast<int>(path.size()) : 1;
  std::string facts;
  for (const AtomicFact& fact : told(item))
    facts += cat(facts.empty() ? "" : "\n", fact_line(fact, vocabulary_));
  std::vector<Token> target;
  target.reserve(path.size());
  for (const AtomicFact& step : path) target.push_back(step.tail);
  question.target =
      plain_tokens(std::span(target).last(static_cast<std::size_t>(question.words)), vocabulary_);
  const std::string asked = fill_template(question.words > 1 ? kWithBridge : kWithoutBridge,
                                          {{"form", form_of(question.words)}});
  question.text = fill_template(text_.empty() ? kText : std::string_view(text_),
                                {{"facts", facts},
                                 {"question", plain_tokens(item.question(), vocabulary_)},
                                 {"asked", asked},
                                 {"form", form_of(question.words)}});
  return {question};
}

}  // namespace recombine
