#include "data/formats/grokked/grokked_facts.h"

#include <algorithm>

namespace recombine {
namespace {

Hop hop(Token entity, Token relation) { return Hop{entity} << 32U | relation; }

using Known = std::unordered_map<Hop, FactType>;

/// Notes the type of every step of an item. Where noise put a false bridge into a chain, the steps
/// behind it were never trained: they tell nothing (the published hop-1 noise has such items).
void note_steps(Known& known, const FactItem& item, FactType type) {
  const std::span<const Token> question = item.question();
  const std::span<const Token> answer = item.answer();
  for (std::size_t step = 0; step + 1 < question.size() && step < item.path.size(); ++step) {
    const bool named = step > 0 && answer.size() > 2;
    if (named && answer[step - 1] != item.path[step]) return;
    known.emplace(hop(item.path[step], question[step + 1]), type);
  }
}

/// The first word on a step counts: `known` keeps what it has.
void learn(Known& known, std::span<const FactItem> probes, FactType probe, FactType said) {
  for (const FactItem& item : probes) {
    if (item.type == probe) note_steps(known, item, said);
  }
}

FactType composed_type(const FactItem& item) {
  return item.question().size() == kThreeHopTokens ? FactType::kTrain3Hop
                                                   : FactType::kTrainInferred;
}

}  // namespace

void AtomicFacts::add(const FactItem& item) {
  if (vocabulary_.compares() || !is_atomic(item, vocabulary_)) return;
  tails_.emplace(hop(item.tokens[0], item.tokens[1]), item.tokens[2]);
}

std::vector<Token> AtomicFacts::path(const FactItem& item) const {
  if (vocabulary_.compares()) return {};
  std::vector<Token> path = {item.tokens.front()};
  for (const Token relation : item.question().subspan(1)) {
    const auto found = tails_.find(hop(path.back(), relation));
    if (found == tails_.end()) return {};
    path.push_back(found->second);
  }
  return path;
}

bool answers_falsely(const FactItem& item, const FactVocabulary& vocabulary) {
  if (item.path.empty()) return false;
  const std::span<const Token> path = item.path;
  const std::span<const Token> answer = item.answer().first(item.answer().size() - 1);
  return !std::ranges::equal(answer, has_chain(item, vocabulary) ? path.subspan(1) : path.last(1));
}

std::uint64_t decide_types(std::span<GrokkedRow> train,
                           std::span<const FactItem> probes,
                           const FactVocabulary& vocabulary) {
  Known known;
  learn(known, probes, FactType::kOodAtomic, FactType::kOodAtomic);
  learn(known, probes, FactType::kIdAtomic, FactType::kIdAtomic);
  learn(known, probes, FactType::kTestOod, FactType::kOodAtomic);
  learn(known, probes, FactType::kTest3HopOod, FactType::kOodAtomic);
  learn(known, probes, FactType::kTestIid, FactType::kIdAtomic);
  learn(known, probes, FactType::kTest3HopIid, FactType::kIdAtomic);
  for (const GrokkedRow& row : train) {
    if (!is_atomic(row.item, vocabulary)) note_steps(known, row.item, FactType::kIdAtomic);
  }
  std::uint64_t undecided = 0;
  for (GrokkedRow& row : train) {
    FactItem& item = row.item;
    if (row.type) continue;
    if (item.question().size() >= kTwoHopTokens) {
      item.type = composed_type(item);
      continue;
    }
    if (is_identity(item, vocabulary)) {
      item.type = FactType::kIdentity;
      continue;
    }
    const auto found = known.find(hop(item.tokens[0], item.tokens[1]));
    item.type = found == known.end() ? FactType::kIdAtomic : found->second;
    undecided += found == known.end() ? 1 : 0;
  }
  return undecided;
}

}  // namespace recombine
