#include "generator/grids/search/published.h"

#include <gtest/gtest.h>

#include "generator/grids/search/episode.h"

namespace recombine {
namespace {

// Of the published generator: counters after 2,000 episodes of seed 1860.
TEST(PublishedMaker, CountsAsThePublishedGeneratorDoes) {
  PublishedMaker maker(GridConfig{}, 1860);
  for (int i = 0; i < 2000; ++i) maker.next();
  const SearchCounters expected{7758260, 10689, 42874, 33, 4};
  EXPECT_EQ(maker.counters(), expected);
}

TEST(PublishedMaker, FindsTheSameEpisodesByThePlainLoop) {
  PublishedMaker fast(GridConfig{}, 1861);
  PublishedMaker plain(GridConfig{}, 1861, SearchMode::kPlain);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(fast.next(), plain.next());
  EXPECT_EQ(fast.counters(), plain.counters());
}

GridConfig without_single_rules() {
  GridConfig config;
  config.one_rule_pairs = 0;
  config.two_rule_pairs = 3;
  return config;
}

TEST(PublishedMaker, DrawsNothingForSectionsWithoutPairs) {
  PublishedMaker whole(GridConfig{}, 1860);
  PublishedMaker some(without_single_rules(), 1860);
  const Episode all = whole.next();
  const Episode few = some.next();
  EXPECT_EQ(few.queries, all.queries) << "drawn first";
  ASSERT_EQ(few.study.size(), 9U);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(few.study[i], all.study[12 + i]) << "of shape and colour: drawn next";
}

TEST(PublishedMaker, FindsTheSameWithoutSomeSectionsByThePlainLoop) {
  PublishedMaker fast(without_single_rules(), 3);
  PublishedMaker plain(without_single_rules(), 3, SearchMode::kPlain);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(fast.next(), plain.next());
  EXPECT_EQ(fast.counters(), plain.counters());
}

std::string names_of(const Rule& rule) {
  std::string names;
  for (const Parameter& parameter : rule.parameters) names += parameter.name + " ";
  return names;
}

TEST(PublishedMaker, DrawsParametersInTheOrderOfTheConfig) {
  GridConfig turned;
  turned.parameters = {"translation.step_size=1|-7|0", "translation=step_size|direction"};
  GridConfig declared;
  declared.parameters = {"translation.step_size=1|-7|0"};
  PublishedMaker first(turned, 4);
  PublishedMaker second(declared, 4);
  int differing = 0;
  for (int i = 0; i < 20; ++i) {
    const Episode one = first.next();
    const Episode two = second.next();
    differing += one.queries != two.queries ? 1 : 0;
    for (const Rule* rule : {&one.grammar.shape_rule(), &one.grammar.colour_rule()}) {
      if (rule->type != "translation") continue;
      EXPECT_EQ(names_of(*rule), "step_size direction ");
      EXPECT_NO_THROW(to_step(*rule));
    }
  }
  EXPECT_GT(differing, 0) << "the words go to other parameters";
}

TEST(PublishedMaker, BeginsWithThePublishedGrammars) {
  PublishedMaker maker(GridConfig{}, 1860);
  const Grammar first = maker.next().grammar;
  EXPECT_EQ(to_text(first.shape_rule()), "mirror direction=y");
  EXPECT_EQ(to_text(first.colour_rule()), "set_color new_color=2");
  EXPECT_EQ(to_text(first.indicator_rule()), "rotation rotation_type=0");
  EXPECT_EQ(first.role_colour, 6);
  EXPECT_EQ(first.indicators[0].colour, 5);
  EXPECT_EQ(first.indicators[0].shape, "00");
  EXPECT_EQ(first.role_shape, "0102031011121321");
  EXPECT_EQ(maker.next().grammar.role_shape, "00011021");
}

}  // namespace
}  // namespace recombine
