#include "meta/tracing/comparison.h"

#include <compare>
#include <functional>

#include "data/error.h"

namespace recombine {
namespace {

constexpr int kComparisonDraws = 1000;  ///< far more than a world with another outcome needs

std::optional<ComparedItem> compared(const FactItem& item, const FactVocabulary& vocabulary) {
  const QuestionParts parts = parts_of(item.question(), vocabulary);
  const auto label = last_of_answer(item, vocabulary);
  if (parts.entities.size() != 2 || parts.relations.size() != 1 || !label) return std::nullopt;
  const auto end = std::ranges::find(item.tokens, *label);
  return ComparedItem{{item.tokens.begin(), end},
                      parts.relations.front(),
                      parts.entities.front(),
                      parts.entities.back(),
                      *label};
}

/// How the values of two entities stand to one another; nothing where one is unknown.
std::optional<std::strong_ordering> outcome(const FactIndex& values,
                                            Token attribute,
                                            Token first,
                                            Token second) {
  const auto one = values.follow(first, attribute);
  const auto other = values.follow(second, attribute);
  if (!one || !other) return std::nullopt;
  return *one <=> *other;
}

std::optional<std::strong_ordering> outcome(const FactIndex& values, const ComparedItem& item) {
  return outcome(values, item.attribute, item.first, item.second);
}

/// [B] int64: a number of each item.
torch::Tensor column(const ComparedItems& items,
                     const std::function<Token(const ComparedItem&)>& number) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(items.items.size());
  for (const ComparedItem& item : items.items)
    numbers.push_back(static_cast<std::int64_t>(number(item)));
  return torch::tensor(numbers, torch::kInt64);
}

/// Another token for `position` with which the comparison has another outcome.
std::optional<Token> other_token(const ComparedItem& item,
                                 const FactIndex& values,
                                 const FactVocabulary& vocabulary,
                                 int position,
                                 CounterRandom& random) {
  const auto below = [&](int count) {
    return static_cast<int>(random.below(static_cast<std::uint32_t>(count)));
  };
  const auto before = outcome(values, item);
  for (int draw = 0; draw < kComparisonDraws; ++draw) {
    ComparedItem other = item;
    if (position == 0) other.attribute = vocabulary.relation(below(vocabulary.relations));
    if (position == 2) other.first = vocabulary.entity(below(vocabulary.entities));
    if (position == 4) other.second = vocabulary.entity(below(vocabulary.entities));
    const auto now = outcome(values, other);
    if (!now || now == before) continue;
    return position == 0 ? other.attribute : position == 2 ? other.first : other.second;
  }
  return std::nullopt;
}

}  // namespace

torch::Tensor ComparedItems::tokens() const {
  std::vector<torch::Tensor> rows;
  rows.reserve(items.size());
  for (const ComparedItem& item : items) {
    const std::vector<std::int64_t> row(item.question.begin(), item.question.end());
    rows.push_back(torch::tensor(row, torch::kInt64));
  }
  return torch::stack(rows);
}

ComparedItems compared_items(const FactSet& set,
                             const FactIndex& values,
                             std::uint64_t count,
                             std::uint64_t seed) {
  const FactVocabulary& vocabulary = set.records().vocabulary;
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const auto item = compared(set[i], vocabulary);
    if (item && outcome(values, *item)) known.push_back(i);
  }
  require_data(
      !known.empty(), set.folder().string(),
      ": compares no two entities whose values the training set states; trace test_id alone");
  ComparedItems items;
  for (const std::size_t place : sampled(std::move(known), count, seed))
    items.items.push_back(*compared(set[place], vocabulary));
  return items;
}

ChangedTokens change_compared(const ComparedItems& items,
                              const FactIndex& values,
                              const FactVocabulary& vocabulary,
                              int position,
                              std::uint64_t seed) {
  return change_tokens(items.tokens(), position, seed, [&](std::size_t i, CounterRandom& random) {
    return other_token(items.items[i], values, vocabulary, position, random);
  });
}

std::vector<LensRow> logit_lens(ResidualModel& model,
                                const ComparedItems& items,
                                const FactIndex& values) {
  const auto value_of = [&](Token ComparedItem::*entity) {
    return column(items, [&values, entity](const ComparedItem& item) {
      return *values.follow(item.*entity, item.attribute);
    });
  };
  return logit_lens(
      model, items.tokens(),
      {{"v1", value_of(&ComparedItem::first)},
       {"v2", value_of(&ComparedItem::second)},
       {"label", column(items, [](const ComparedItem& item) { return item.label; })}});
}

std::vector<CausalRow> causal_tracing(ResidualModel& model,
                                      const ComparedItems& items,
                                      const FactIndex& values,
                                      const FactVocabulary& vocabulary,
                                      std::uint64_t seed) {
  const auto changed = [&](int position) {
    return change_compared(items, values, vocabulary, position, seed);
  };
  const auto last = static_cast<int>(items.items.front().question.size()) - 1;
  return exchange_states(
      model, items.tokens(),
      {{"a", {0, 1}, changed(0)}, {"e1", {2, 3}, changed(2)}, {"e2", {4}, changed(4)}},
      {{"label", last, column(items, [](const ComparedItem& item) { return item.label; })}});
}

}  // namespace recombine
