// The search for programs finds what trying all of them finds.

#include "generator/grids/solver/programs.h"

#include <gtest/gtest.h>

#include "generator/grids/search/episode.h"
#include "generator/grids/split/split.h"

namespace recombine {
namespace {

/// Both searches over episodes of which a split keeps so many pairs.
void expect_equal_programs(const GridConfig& config, const SplitConfig& split, int episodes) {
  const EpisodeMaker maker(config, 23);
  RuleSpace space = rules_of(config);
  for (int index = 0; index < episodes; ++index) {
    const Episode episode = reduce(maker.make(static_cast<std::uint64_t>(index)), split);
    for (const bool any_order : {false, true}) {
      space.any_order = any_order;
      for (const ShownIndicators& indicators : possible_indicators(episode.study)) {
        const auto pairs = read_pairs(episode.study, indicators);
        if (!pairs) continue;
        EXPECT_EQ(find_programs(space, *pairs, config.side),
                  find_programs_plainly(space, *pairs, config.side))
            << episode.id << " of " << split.primitives << " and " << split.compositions;
      }
    }
  }
}

TEST(FindPrograms, FindsWhatTryingAllFinds) {
  SplitConfig split;
  for (const auto& [primitives, compositions, shots] :
       {std::array{2, 2, 0}, std::array{0, 2, 0}, std::array{2, 0, 0}, std::array{0, 0, 3},
        std::array{1, 0, 1}, std::array{0, 1, 0}}) {
    split.primitives = primitives;
    split.compositions = compositions;
    split.few_shots = shots;
    expect_equal_programs({}, split, 25);
  }
}

TEST(FindPrograms, FindsWhatTryingAllFindsAmongMoreRules) {
  GridConfig config;
  config.types = {"translation", "grow", "remove", "set_color", "mirror"};
  config.parameters = {"translation.step_size=1|2", "grow.direction=-x|+x|-y|+y",
                       "set_color.new_color=1|2|3"};
  SplitConfig split;
  split.primitives = 1;
  split.compositions = 1;
  expect_equal_programs(config, split, 8);
}

TEST(FindPrograms, FindsWhatTryingAllFindsOfFourRoles) {
  GridConfig config;
  config.side = 12;
  config.queries = 5;
  config.indicators = 2;
  SplitConfig split;
  split.queries = 3;
  for (const auto& [primitives, compositions, shots] :
       {std::array{1, 1, 0}, std::array{0, 1, 2}, std::array{1, 0, 0}}) {
    split.primitives = primitives;
    split.compositions = compositions;
    split.few_shots = shots;
    expect_equal_programs(config, split, 2);
  }
}

TEST(FindPrograms, FindsTwoRulesOfATypeWhereTheSpaceHasThem) {
  RuleSpace space = published_rules();
  space.same_types = true;
  const Object cell = {parse_shape("00").moved(4, 4), 3};
  const Object moved = {parse_shape("00").moved(4, 6), 3};
  const std::vector<ObjectPair> pairs = {{kShapeRole | kColourRole, cell, moved}};
  EXPECT_EQ(find_programs(space, pairs, 10), find_programs_plainly(space, pairs, 10));
  EXPECT_EQ(find_programs(space, pairs, 10).size(), 9U) << "to the right twice, and any third";
}

}  // namespace
}  // namespace recombine
