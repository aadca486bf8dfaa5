#include "meta/tracing/causal.h"

#include <array>

namespace recombine {
namespace {

constexpr std::array<const char*, 4> kTokens = {"h", "r1", "r2", "b"};
constexpr int kExchangeDraws = 1000;  ///< far more than a world with another answer needs

/// Whether the question with this bridge (or none) and second relation does not end at the tail.
bool leads_elsewhere(const FactIndex& graph,
                     const TracedItem& item,
                     std::optional<Token> bridge,
                     Token second) {
  return !bridge || graph.follow(*bridge, second) != item.tail;
}

/// A random token of the kind that stands at `position`.
Token any_token(const TracedItem& item,
                const FactIndex& graph,
                int position,
                CounterRandom& random) {
  if (position == 0 || position == 3)
    return static_cast<Token>(random.below(static_cast<std::uint32_t>(graph.entities())));
  const std::vector<Token>& all = graph.relations_of(position == 1 ? item.head : item.bridge);
  return all.empty() ? item.first : all[random.below(static_cast<std::uint32_t>(all.size()))];
}

/// Whether the question with this token at `position` has another answer.
bool changes_answer(const TracedItem& item, const FactIndex& graph, int position, Token token) {
  if (position == 2) return leads_elsewhere(graph, item, item.bridge, token);
  const std::optional<Token> bridge = position == 0   ? graph.follow(token, item.first)
                                      : position == 1 ? graph.follow(item.head, token)
                                                      : token;
  return bridge != item.bridge && leads_elsewhere(graph, item, bridge, item.second);
}

/// Another token for `position` that changes what the item's answers are; nothing where none was
/// found.
std::optional<Token> other_token(const TracedItem& item,
                                 const FactIndex& graph,
                                 int position,
                                 CounterRandom& random) {
  for (int draw = 0; draw < kExchangeDraws; ++draw) {
    const Token token = any_token(item, graph, position, random);
    if (changes_answer(item, graph, position, token)) return token;
  }
  return std::nullopt;
}

std::vector<Target> targets_of(const TracedItems& items) {
  const Target tail{"t", items.chain ? 3 : 2, items.column(&TracedItem::tail)};
  if (!items.chain) return {tail};
  return {{"b", 2, items.column(&TracedItem::bridge)}, tail};
}

}  // namespace

ChangedTokens change_token(const TracedItems& items,
                           const FactIndex& graph,
                           int position,
                           std::uint64_t seed) {
  return change_tokens(items.tokens(), position, seed, [&](std::size_t i, CounterRandom& random) {
    return other_token(items.items[i], graph, position, random);
  });
}

std::vector<CausalRow> causal_tracing(ResidualModel& model,
                                      const TracedItems& items,
                                      const FactIndex& graph,
                                      std::uint64_t seed) {
  const int positions = items.chain ? 4 : 3;
  std::vector<Exchange> exchanges;
  exchanges.reserve(static_cast<std::size_t>(positions));
  for (int position = 0; position < positions; ++position) {
    exchanges.push_back({kTokens.at(static_cast<std::size_t>(position)),
                         {position},
                         change_token(items, graph, position, seed)});
  }
  return exchange_states(model, items.tokens(), exchanges, targets_of(items));
}

}  // namespace recombine
