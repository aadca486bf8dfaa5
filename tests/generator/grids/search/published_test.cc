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

TEST(PublishedMaker, BeginsWithThePublishedGrammars) {
  PublishedMaker maker(GridConfig{}, 1860);
  const Grammar first = maker.next().grammar;
  EXPECT_EQ(to_text(first.shape_rule), "mirror direction=y");
  EXPECT_EQ(to_text(first.colour_rule), "set_color new_color=2");
  EXPECT_EQ(to_text(first.indicator_rule), "rotation rotation_type=0");
  EXPECT_EQ(first.role_colour, 6);
  EXPECT_EQ(first.indicator_colour, 5);
  EXPECT_EQ(first.indicator_shape, "00");
  EXPECT_EQ(first.role_shape, "0102031011121321");
  EXPECT_EQ(maker.next().grammar.role_shape, "00011021");
}

}  // namespace
}  // namespace recombine
