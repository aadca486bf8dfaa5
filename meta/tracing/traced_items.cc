#include "meta/tracing/traced_items.h"

#include <algorithm>
#include <span>

#include "data/error.h"
#include "data/random.h"

namespace recombine {
namespace {

/// The part of the stream that chooses items; those before are positions.
constexpr std::uint32_t kWhichItems = 1000;

std::vector<std::size_t> questions_of(const FactSet& set) {
  constexpr int kQuestion = 3;
  std::vector<std::size_t> questions;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const FactItem item = set[i];
    if (item.prompt == kQuestion && item.path.size() == 3) questions.push_back(i);
  }
  return questions;
}

}  // namespace

torch::Tensor TracedItems::column(Token TracedItem::*token) const {
  torch::Tensor values = torch::empty({static_cast<std::int64_t>(items.size())}, torch::kInt64);
  auto* to = values.data_ptr<std::int64_t>();
  for (const TracedItem& item : items) *to++ = item.*token;
  return values;
}

torch::Tensor TracedItems::tokens() const {
  std::vector<torch::Tensor> columns = {column(&TracedItem::head), column(&TracedItem::first),
                                        column(&TracedItem::second)};
  if (chain) columns.push_back(column(&TracedItem::bridge));
  return torch::stack(columns, 1);
}

std::vector<std::size_t> sampled(std::vector<std::size_t> places,
                                 std::uint64_t count,
                                 std::uint64_t seed) {
  if (places.size() <= count) return places;
  CounterRandom random(seed, 0, Stream::kTrace, kWhichItems);
  shuffle(random, std::span(places));
  places.resize(count);
  std::ranges::sort(places);
  return places;
}

TracedItems traced_items(const FactSet& set, std::uint64_t count, std::uint64_t seed) {
  TracedItems traced;
  for (const std::size_t place : sampled(questions_of(set), count, seed)) {
    const FactItem item = set[place];
    traced.chain = item.answer().size() == 3;
    traced.items.push_back(
        {item.tokens[0], item.tokens[1], item.tokens[2], item.path[1], item.path[2]});
  }
  require_data(!traced.items.empty(), set.folder().string(),
               ": has no two-hop question whose path is known; trace test_id or test_ood");
  return traced;
}

FactIndex::FactIndex(const std::vector<AtomicFact>& facts, const FactVocabulary& vocabulary)
    : entities_(vocabulary.entities) {
  for (const AtomicFact& fact : facts) {
    if (tails_.emplace(std::pair(fact.head, fact.relation), fact.tail).second)
      relations_[fact.head].push_back(fact.relation);
  }
  for (auto& [head, relations] : relations_) std::ranges::sort(relations);
}

std::optional<Token> FactIndex::follow(Token head, Token relation) const {
  const auto tail = tails_.find({head, relation});
  if (tail == tails_.end()) return std::nullopt;
  return tail->second;
}

const std::vector<Token>& FactIndex::relations_of(Token head) const {
  static const std::vector<Token> kNone;
  const auto found = relations_.find(head);
  return found == relations_.end() ? kNone : found->second;
}

}  // namespace recombine
