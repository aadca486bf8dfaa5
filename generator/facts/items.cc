#include "generator/facts/items.h"

namespace recombine {

FactItem FactItems::make(FactType type,
                         std::span<const Token> question,
                         std::span<const Token> answer,
                         std::span<const Token> path) const {
  FactItem item;
  item.type = type;
  item.tokens.reserve(question.size() + answer.size() + 1);
  item.tokens.assign(question.begin(), question.end());
  item.prompt = static_cast<int>(question.size());
  item.tokens.insert(item.tokens.end(), cot_ ? answer.begin() : answer.end() - 1, answer.end());
  item.tokens.push_back(vocabulary_.end());
  item.path.assign(path.begin(), path.end());
  item.id = vocabulary_.id(item.question());
  return item;
}

FactItem FactItems::atomic(Token head, const Fact& fact) const {
  return make(fact.ood ? FactType::kOodAtomic : FactType::kIdAtomic, {head, fact.relation},
              {fact.tail}, {head, fact.tail});
}

FactItem FactItems::identity(Token entity) const {
  return make(FactType::kIdentity, {entity}, {entity}, {entity});
}

FactItem FactItems::two_hop(const TwoHop& hop, FactType type) const {
  FactItem item = make(type, {hop.head, hop.first.relation, hop.second.relation},
                       {hop.bridge, hop.tail}, {hop.head, hop.first.tail, hop.second.tail});
  // A bridge that persists is no part of an answer without chain of thought.
  item.noisy = hop.drawn || (hop.noisy && cot_);
  return item;
}

FactItem FactItems::true_two_hop(const TwoHop& hop, FactType type) const {
  TwoHop truth = hop;
  truth.bridge = hop.first.tail;
  truth.tail = hop.second.tail;
  truth.drawn = truth.noisy = false;
  return two_hop(truth, type);
}

FactItem FactItems::three_hop(const ThreeHop& hop, FactType type) const {
  const Token first = hop.first.tail;
  const Token second = hop.second.tail;
  const Token third = hop.third.tail;
  return make(type, {hop.head, hop.first.relation, hop.second.relation, hop.third.relation},
              {first, second, third}, {hop.head, first, second, third});
}

FactItem FactItems::chain(const HopChain& chain, FactType type) const {
  std::vector<Token> question = {chain.entities.front()};
  question.insert(question.end(), chain.relations.begin(),
                  chain.relations.begin() + static_cast<std::ptrdiff_t>(chain.hops));
  const std::span<const Token> path(chain.entities.data(), chain.hops + 1);
  return make(type, question, path.subspan(1), path);
}

}  // namespace recombine
