// Numbers that foretell errors, and bounds on them.

#include "generator/grids/solver/difficulty.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/split/split.h"

namespace recombine {
namespace {

std::optional<int> number(Difficulty measure, const Episode& episode) {
  return difficulty(measure, episode, published_rules());
}

Rule moved(const char* direction) {
  return {"translation", {{"direction", direction}, {"step_size", "1"}}};
}

/// A bar of three cells that grows up, is painted, and moves to the right.
Episode bar() {
  Episode episode;
  episode.grammar.rules = {
      {"grow", {{"direction", "-x"}}}, {"set_color", {{"new_color", "2"}}}, moved("x")};
  episode.grammar.role_shape = "000102";
  episode.grammar.role_colour = 5;
  episode.grammar.indicators = {{"0001", 7, 4, 4}};
  return episode;
}

TEST(Difficulty, IsWhatItSays) {
  Episode episode = bar();
  EXPECT_EQ(number(Difficulty::kDepth, episode), std::nullopt) << "asks nothing";
  episode.queries = {{kAllRoles, Grid(6), Grid(6)}, {kShapeRole, Grid(6), Grid(6)}};
  EXPECT_EQ(number(Difficulty::kDepth, episode), 3);
  EXPECT_EQ(number(Difficulty::kSize, episode), 3);
  EXPECT_EQ(number(Difficulty::kDistance, episode), 1) << "up by one, right by one";
  EXPECT_EQ(number(Difficulty::kOverlap, episode), 66) << "two cells of three";
  episode.grammar.shape_rule() = {"rotation", {{"rotation_type", "0"}}};
  EXPECT_EQ(number(Difficulty::kDistance, episode), 2) << "a bar that hangs down is two away";
  episode.grammar.indicators[0].shape = "0010";
  EXPECT_EQ(number(Difficulty::kOverlap, episode), 25) << "one cell of four";
}

TEST(Difficulty, IsNotKnownWithoutAGrammar) {
  for (const Difficulty measure : {Difficulty::kSize, Difficulty::kDistance, Difficulty::kOverlap})
    EXPECT_EQ(number(measure, Episode{}), std::nullopt);
  Episode strange = bar();
  strange.grammar.colour_rule() = {"no such", {}};
  EXPECT_EQ(number(Difficulty::kDistance, strange), std::nullopt);
}

TEST(Difficulty, CountsProgramsAsTheSolverDoes) {
  const EpisodeMaker maker(GridConfig{}, 21);
  RuleSpace any = published_rules();
  any.any_order = true;
  for (std::uint64_t index = 0; index < 40; ++index) {
    Episode episode = reduce(maker.make(index), SplitConfig{});
    EXPECT_EQ(number(Difficulty::kPrograms, episode), determine(episode, any).programs);
    const auto alone = number(Difficulty::kSectionPrograms, episode);
    EXPECT_GE(alone, determine(episode, published_rules()).programs)
        << "fewer pairs, more programs";
    std::erase_if(episode.study, [](const Example& pair) { return pair.roles == kShapeRole; });
    EXPECT_GT(number(Difficulty::kSectionPrograms, episode), alone) << "nothing shows the rule";
  }
}

TEST(Difficulty, HasGroups) {
  EXPECT_EQ(difficulty_group(Difficulty::kDistance, 4), "4");
  EXPECT_EQ(difficulty_group(Difficulty::kOverlap, 0), "0..24");
  EXPECT_EQ(difficulty_group(Difficulty::kOverlap, 74), "50..74");
  EXPECT_EQ(difficulty_group(Difficulty::kOverlap, 100), "75 and more");
  EXPECT_EQ(difficulty_group(Difficulty::kPrograms, 1), "1");
  EXPECT_EQ(difficulty_group(Difficulty::kPrograms, 4), "3..4");
  EXPECT_EQ(difficulty_group(Difficulty::kPrograms, 400), "17 and more");
}

TEST(DifficultyBounds, AreRead) {
  const auto read = read_difficulty({"distance=2..4", "section-programs=..3", "size=5.."});
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0], (DifficultyBound{Difficulty::kDistance, 2, 4}));
  EXPECT_EQ(read[1], (DifficultyBound{Difficulty::kSectionPrograms, 0, 3}));
  EXPECT_EQ(read[2].from, 5);
  for (const char* wrong : {"distance", "distance=2", "hardness=1..2", "size=3..2", "size=x..",
                            "size=-1..2", "2..4", "=2..4"}) {
    EXPECT_THROW(read_difficulty({wrong}), InputError) << wrong;
  }
}

TEST(DifficultyBounds, SelectEpisodes) {
  GridConfig config;
  config.difficulty = {"distance=3..4", "size=4.."};
  const EpisodeMaker selected(config, 22);
  const EpisodeMaker open(GridConfig{}, 22);
  int same = 0;
  for (std::uint64_t index = 0; index < 40; ++index) {
    const Episode episode = selected.make(index);
    EXPECT_THAT(number(Difficulty::kDistance, episode).value(),
                testing::AllOf(testing::Ge(3), testing::Le(4)));
    EXPECT_GE(number(Difficulty::kSize, episode).value(), 4);
    const bool fits =
        is_within(read_difficulty(config.difficulty), open.make(index), published_rules());
    EXPECT_EQ(fits, episode == open.make(index)) << "one that fits is that of the open stream";
    same += fits ? 1 : 0;
  }
  EXPECT_LT(same, 40);
  config.difficulty = {"depth=4.."};
  config.max_restarts = 50;
  EXPECT_THROW(EpisodeMaker(config, 22).make(0), InputError);
}

}  // namespace
}  // namespace recombine
