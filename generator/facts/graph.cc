#include "generator/facts/graph.h"

#include <algorithm>
#include <numeric>

#include "data/random.h"
#include "generator/facts/selection.h"

namespace recombine {
namespace {

/// Different relations for every entity: the first cards of a deck that is shuffled for each.
void draw_relations(const FactConfig& config, FactGraph& graph) {
  const FactVocabulary vocabulary = config.vocabulary();
  std::vector<Token> deck(static_cast<std::size_t>(config.relations));
  auto fact = graph.facts.begin();
  for (Token head = 0; head < graph.entities(); ++head) {
    CounterRandom random(config.seed, head, Stream::kFactRelations);
    std::iota(deck.begin(), deck.end(), vocabulary.relation(0));
    for (std::size_t i = 0; i < static_cast<std::size_t>(config.degree); ++i) {
      std::swap(deck[i], deck[i + random.below(static_cast<std::uint32_t>(deck.size() - i))]);
      fact++->relation = deck[i];
    }
  }
}

void draw_tails(const FactConfig& config, FactGraph& graph) {
  auto fact = graph.facts.begin();
  for (Token head = 0; head < graph.entities(); ++head) {
    CounterRandom random(config.seed, head, Stream::kFactTails);
    for (int i = 0; i < config.degree; ++i) fact++->tail = random.below(graph.entities());
  }
}

/// Tails such that each relation is a permutation of the entities, as far as they have it.
void draw_permutations(const FactConfig& config, FactGraph& graph) {
  const FactVocabulary vocabulary = config.vocabulary();
  std::vector<std::vector<std::size_t>> places(static_cast<std::size_t>(config.relations));
  for (std::size_t place = 0; place < graph.facts.size(); ++place)
    places[graph.facts[place].relation - vocabulary.relation(0)].push_back(place);
  std::vector<Token> tails(graph.entities());
  for (std::size_t relation = 0; relation < places.size(); ++relation) {
    CounterRandom random(config.seed, relation, Stream::kFactTails, 1);
    std::iota(tails.begin(), tails.end(), Token{0});
    shuffle(random, std::span(tails));
    for (const std::size_t place : places[relation])
      graph.facts[place].tail = tails[place / static_cast<std::size_t>(graph.degree)];
  }
}

}  // namespace

bool FactGraph::is_ood(Token head, Token relation, Token tail) const {
  const auto* first = &fact(head, 0);
  return std::any_of(first, first + degree, [&](const Fact& fact) {
    return fact == Fact{relation, tail, true};
  });
}

std::uint64_t FactGraph::ood_facts() const {
  return static_cast<std::uint64_t>(std::ranges::count_if(facts, &Fact::ood));
}

FactGraph make_graph(const FactConfig& config) {
  FactGraph graph;
  graph.degree = config.degree;
  graph.facts.resize(static_cast<std::size_t>(config.entities) *
                     static_cast<std::size_t>(config.degree));
  draw_relations(config, graph);
  config.permutations ? draw_permutations(config, graph) : draw_tails(config, graph);
  Selection held_out(CounterRandom(config.seed, 0, Stream::kFactOod),
                     rounded_share(config.ood_fraction, graph.facts.size()), graph.facts.size());
  for (Fact& fact : graph.facts) fact.ood = held_out.next();
  return graph;
}

}  // namespace recombine
