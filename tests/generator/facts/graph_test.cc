#include "generator/facts/graph.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "generator/facts/sampling.h"
#include "generator/facts/selection.h"
#include "tests/generator/facts/kept_world.h"

namespace recombine {
namespace {

TEST(Selection, TakesExactlyTheWantedNumber) {
  for (const std::uint64_t wanted : {0U, 1U, 7U, 99U, 100U}) {
    Selection selection(CounterRandom(1, wanted, Stream::kFactSample), wanted, 100);
    std::uint64_t taken = 0;
    for (int i = 0; i < 100; ++i) taken += selection.next() ? 1 : 0;
    EXPECT_EQ(taken, wanted);
  }
}

TEST(Selection, TakesEveryCandidateEquallyOften) {
  constexpr int kRuns = 20000;
  std::array<int, 10> taken{};
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    Selection selection(CounterRandom(1, run, Stream::kFactSample), 3, taken.size());
    for (int& count : taken) count += selection.next() ? 1 : 0;
  }
  for (const int count : taken) EXPECT_NEAR(count, 0.3 * kRuns, 4 * 65);  // sd sqrt(.21 n)
}

TEST(MakeGraph, GivesEachEntityItsDegreeOfDifferentRelations) {
  const FactConfig config = small_world();
  const FactGraph graph = make_graph(config);
  ASSERT_EQ(graph.facts.size(), 4000U);
  std::map<Token, int> uses;
  for (Token head = 0; head < graph.entities(); ++head) {
    std::set<Token> relations;
    for (int slot = 0; slot < graph.degree; ++slot) {
      const Fact& fact = graph.fact(head, slot);
      EXPECT_TRUE(config.vocabulary().is_relation(fact.relation));
      EXPECT_TRUE(config.vocabulary().is_entity(fact.tail));
      relations.insert(fact.relation);
      ++uses[fact.relation];
    }
    EXPECT_EQ(relations.size(), 20U);
  }
  // Each of 200 entities has a relation with probability 1/2.
  for (const auto& [relation, count] : uses) EXPECT_NEAR(count, 100, 4.5 * 7.1) << relation;
}

TEST(MakeGraph, DrawsTailsFromAllEntities) {
  const FactGraph graph = make_graph(small_world());
  std::map<Token, int> reached;
  for (const Fact& fact : graph.facts) ++reached[fact.tail];
  double squares = 0;
  for (const auto& [tail, count] : reached) squares += (count - 20.0) * (count - 20.0) / 20.0;
  EXPECT_NEAR(squares, 199, 4 * 20);  // chi-squared with 199 degrees of freedom: sd 20
}

TEST(MakeGraph, HoldsOutExactlyTheFractionOfFacts) {
  FactConfig config = small_world();
  for (const double fraction : {0.0, 0.05, 0.2501, 0.9}) {
    config.ood_fraction = fraction;
    EXPECT_EQ(make_graph(config).ood_facts(), rounded_share(fraction, 4000));
  }
}

TEST(MakeGraph, MakesPermutationsOfRelationsThatAllEntitiesHave) {
  FactConfig config;
  config.entities = 50;
  config.relations = config.degree = 6;
  config.permutations = true;
  std::map<Token, std::set<Token>> tails;
  for (const Fact& fact : make_graph(config).facts) tails[fact.relation].insert(fact.tail);
  ASSERT_EQ(tails.size(), 6U);
  for (const auto& [relation, reached] : tails) EXPECT_EQ(reached.size(), 50U) << relation;
}

TEST(MakeGraph, NeverReachesAnEntityTwiceByARelationThatPermutes) {
  FactConfig config = small_world();
  config.permutations = true;
  std::set<std::pair<Token, Token>> reached;
  for (const Fact& fact : make_graph(config).facts)
    EXPECT_TRUE(reached.emplace(fact.relation, fact.tail).second);
}

TEST(MakeGraph, DependsOnTheSeed) {
  FactConfig config = small_world();
  const FactGraph graph = make_graph(config);
  EXPECT_EQ(make_graph(config).facts, graph.facts);
  config.seed = 7;
  EXPECT_NE(make_graph(config).facts, graph.facts);
}

}  // namespace
}  // namespace recombine
