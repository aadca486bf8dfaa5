#include "generator/grids/check/solver.h"

#include <gtest/gtest.h>

#include "generator/grids/search/episode.h"
#include "generator/grids/search/published.h"
#include "generator/grids/split/split.h"

namespace recombine {
namespace {

Grid grid(std::string_view text) { return Grid::parse(text, 10); }

Example example(Roles roles, std::string_view input, std::string_view output) {
  return {roles, grid(input), grid(output)};
}

/// Shape 0001: to the right. Colour 3: painted 2. A 5 at the bottom: grows upwards.
std::vector<Example> handmade_study() {
  return {
      example(kShapeRole, "/44", "/044"),
      example(kColourRole, "//3/33", "//2/22"),
      example(kIndicatorRole, "//7////5", "/7/7////5"),
      example(kShapeRole | kColourRole, "///033", "///0022"),
      example(kShapeRole | kIndicatorRole, "//088////5", "/0088/0088////5"),
      example(kColourRole | kIndicatorRole, "//3/3///5", "/2/2/2///5"),
  };
}

const Example& handmade_query() {
  static const Example kQuery = example(kAllRoles, "//0033////5", "/00022/00022////5");
  return kQuery;
}

TEST(Solver, FindsTheRulesOfAHandmadeEpisode) {
  const auto hypotheses = solve(handmade_study(), published_rules());
  ASSERT_EQ(hypotheses.size(), 1U);
  EXPECT_EQ(to_text(to_rule(hypotheses[0].program.steps[0])),
            "translation direction=x step_size=1");
  EXPECT_EQ(to_text(to_rule(hypotheses[0].program.steps[1])), "set_color new_color=2");
  EXPECT_EQ(to_text(to_rule(hypotheses[0].program.steps[2])), "grow direction=-x");
  EXPECT_EQ(hypotheses[0].indicator.colour, 5);
  const auto answers = answer_query(hypotheses, handmade_query().input);
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].output, handmade_query().output);
}

TEST(Solver, NeedsNoStudyPairsToCountPrograms) {
  const auto hypotheses = solve({}, published_rules());
  EXPECT_EQ(hypotheses.size(), 336U);  // 6 orders of 56 choices: 2, 2, 1, 2 and 2 rules a type
  EXPECT_GT(answer_query(hypotheses, handmade_query().input).size(), 20U);
}

TEST(Solver, TellsOrdersApartOnlyWhenAsked) {
  RuleSpace space = published_rules();
  space.any_order = true;
  const auto hypotheses = solve(handmade_study(), space);
  EXPECT_GT(hypotheses.size(), 1U);  // moving, painting and growing commute here
  EXPECT_EQ(answer_query(hypotheses, handmade_query().input).size(), 1U);
}

TEST(Solver, FindsNothingForContradictions) {
  auto study = handmade_study();
  study[3].output = grid("9");
  EXPECT_TRUE(solve(study, published_rules()).empty());
  EXPECT_TRUE(answer_query({}, handmade_query().input).empty());
}

TEST(Solver, FindsNothingWhereAPictureIsNotAnObject) {
  auto study = handmade_study();
  study[0].input = grid("/34");
  EXPECT_TRUE(solve(study, published_rules()).empty());
}

TEST(Solver, LeavesPairsOfUnknownRolesOut) {
  auto study = handmade_study();
  study.push_back(example(kUnknownRoles, "1", "9"));
  EXPECT_EQ(solve(study, published_rules()).size(), 1U);
}

TEST(Solver, GivesNoAnswerThatLeavesTheBoard) {
  const auto hypotheses = solve(handmade_study(), published_rules());
  EXPECT_TRUE(answer_query(hypotheses, grid("//0000000033////5")).empty());
  EXPECT_TRUE(answer_query(hypotheses, grid("//33")).empty()) << "the indicator is missing";
}

TEST(RuleSpace, HasEachRuleOnce) {
  EXPECT_EQ(published_rules().steps.size(), 9U);
  GridConfig config;
  config.parameters = {"rotation.rotation_type=0|1|8"};
  EXPECT_EQ(rules_of(config).steps.size(), 10U);
}

TEST(Solver, NeverReadsTheGrammar) {
  const EpisodeMaker maker(GridConfig{}, 7);
  Episode episode = reduce(maker.make(3), SplitConfig{});
  const Determination before = determine(episode, published_rules());
  episode.grammar = Grammar{};
  EXPECT_EQ(determine(episode, published_rules()).solved, before.solved);
  EXPECT_EQ(before.solved, 10);
}

// Compositional-ARC, "How well are the queries determined?".
TEST(Solver, DeterminesThePublishedEpisodes) {
  PublishedMaker maker(GridConfig{}, 1860);
  const RuleSpace space = published_rules();
  int unique_programs = 0;
  int solved = 0;
  for (int index = 0; index < 2000; ++index) {
    const Determination result = determine(reduce(maker.next(), SplitConfig{}), space);
    EXPECT_TRUE(result.unique()) << index;
    unique_programs += result.programs == 1 ? 1 : 0;
    solved += result.solved;
  }
  EXPECT_EQ(solved, 20000);
  EXPECT_EQ(unique_programs, 1902);
}

TEST(Solver, SolvesOurEpisodesWithAnyNumberOfStudyPairs) {
  const EpisodeMaker maker(GridConfig{}, 11);
  SplitConfig few;
  few.primitives = 0;
  few.compositions = 0;
  few.queries = 5;
  few.few_shots = 3;
  int solved = 0;
  for (std::uint64_t index = 0; index < 50; ++index) {
    const Episode episode = maker.make(index);
    const Determination all = determine(episode, published_rules());
    EXPECT_TRUE(all.unique() && all.solved == 14) << index;
    const Determination shown = determine(reduce(episode, few), published_rules());
    EXPECT_EQ(shown.explained, 5) << index;
    solved += shown.solved;
  }
  EXPECT_GT(solved, 225) << "three whole examples nearly always suffice";
}

}  // namespace
}  // namespace recombine
