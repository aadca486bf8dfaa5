#include "generator/grids/solver/solver.h"

#include <algorithm>
#include <cmath>
#include <span>

#include <gtest/gtest.h>

#include "data/random_cpython.h"
#include "data/triggers.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/search/published.h"
#include "generator/grids/solver/reading.h"
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
  EXPECT_EQ(hypotheses[0].indicators.at(0).colour, 5);
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

TEST(Solver, GivesNoAnswerThatLeavesTheGrid) {
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

TEST(Solver, KnowsObjectsThatAreNotSeenAnyMore) {
  GridConfig config;
  config.types = {"set_color", "grow", "translation"};
  config.parameters = {"set_color.new_color=0|7", "translation.step_size=0|-6"};
  const EpisodeMaker maker(config, 3);
  for (std::uint64_t index = 0; index < 20; ++index) {
    const Determination found = determine(maker.make(index), rules_of(config));
    EXPECT_GT(found.programs, 0) << index;
    EXPECT_EQ(found.explained, 14) << index;
  }
}

TEST(Solver, NeverReadsTheGrammar) {
  const EpisodeMaker maker(GridConfig{}, 7);
  Episode episode = reduce(maker.make(3), SplitConfig{});
  const Determination before = determine(episode, published_rules());
  episode.grammar = Grammar{};
  EXPECT_EQ(determine(episode, published_rules()).solved, before.solved);
  EXPECT_EQ(before.solved, 10);
}

/// The sums of what the solver finds in the first 2,000 published episodes.
struct PublishedSums {
  int unique = 0;  ///< episodes
  int one_program = 0;
  int determined = 0;  ///< queries
  int solved = 0;
};

PublishedSums published_sums(const RuleSpace& space, const SplitConfig& split) {
  PublishedMaker maker(GridConfig{}, 1860);
  PublishedSums sums;
  for (int index = 0; index < 2000; ++index) {
    const Determination result = determine(reduce(maker.next(), split), space);
    sums.unique += result.unique() ? 1 : 0;
    sums.one_program += result.programs == 1 ? 1 : 0;
    sums.determined += result.determined;
    sums.solved += result.solved;
  }
  return sums;
}

// Compositional-ARC, "How well are the queries determined?".
TEST(Solver, DeterminesThePublishedEpisodes) {
  const PublishedSums sums = published_sums(published_rules(), {});
  EXPECT_EQ(sums.unique, 2000);
  EXPECT_EQ(sums.solved, 20000);
  EXPECT_EQ(sums.one_program, 1902);
}

TEST(Solver, DeterminesNearlyAllPublishedEpisodesInAnyOrder) {
  RuleSpace space = published_rules();
  space.any_order = true;
  const PublishedSums sums = published_sums(space, {});
  EXPECT_EQ(sums.unique, 1999);
  EXPECT_EQ(sums.determined, 19990);
}

TEST(Solver, DeterminesNearlyAllPublishedEpisodesFromPairsOfOneRule) {
  SplitConfig split;
  split.compositions = 0;
  EXPECT_EQ(published_sums(published_rules(), split).unique, 1998);
}

/// Whether a query has one output under the episode's rules in all orders that stay in the grid.
bool is_same_in_any_order(const Episode& episode, const Example& query) {
  const Grammar& grammar = episode.grammar;
  const Object indicator{parse_shape(grammar.indicators[0].shape)
                             .shape()
                             .moved(grammar.indicators[0].row, grammar.indicators[0].col),
                         static_cast<Colour>(grammar.indicators[0].colour)};
  const auto object = object_beside(query.input, {&indicator, 1});
  Program program{{to_step(grammar.shape_rule()), to_step(grammar.colour_rule()),
                   to_step(grammar.indicator_rule())}};
  std::vector<Object> outputs;
  do {
    const auto output = run_program(program, kAllRoles, object.value(), query.input.side());
    if (output) outputs.push_back(*output);
  } while (std::ranges::next_permutation(std::span(program.order).first(3)).found);
  return std::ranges::all_of(outputs, [&](const Object& one) { return one == outputs.front(); });
}

// "73.5 % of the queries give the same output for all orders that stay in the grid."
TEST(Solver, GivesMostPublishedQueriesOneOutputInAllOrders) {
  PublishedMaker maker(GridConfig{}, 1860);
  int same = 0;
  for (int index = 0; index < 2000; ++index) {
    const Episode episode = reduce(maker.next(), SplitConfig{});
    for (const Example& query : episode.queries)
      same += is_same_in_any_order(episode, query) ? 1 : 0;
  }
  EXPECT_EQ(std::lround(same / 20.0), 735) << same << " of 20,000";
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

std::vector<Example> without_roles(std::vector<Example> study) {
  for (Example& pair : study) pair.roles = kUnknownRoles;
  return study;
}

TEST(Solver, FindsTheRolesOfPairsThatDoNotSayThem) {
  auto study = without_roles(handmade_study());
  std::rotate(study.begin(), study.begin() + 4, study.end());
  const std::vector<Grid> asked = {handmade_query().input};
  const auto hypotheses = solve(study, asked, published_rules());
  ASSERT_EQ(hypotheses.size(), 1U);
  EXPECT_EQ(hypotheses[0].program, solve(handmade_study(), published_rules())[0].program);
  EXPECT_EQ(answer_query(hypotheses, asked[0]).at(0).output, handmade_query().output);
}

TEST(Solver, AnswersShuffledEpisodesAsItAnswersOthers) {
  const EpisodeMaker maker(GridConfig{}, 13);
  CPythonRandom random(5);
  for (std::uint64_t index = 0; index < 60; ++index) {
    Episode episode = reduce(maker.make(index), SplitConfig{});
    const Determination told = determine(episode, published_rules());
    episode.study = without_roles(std::move(episode.study));
    shuffle(random, std::span(episode.study));
    const Determination found = determine(episode, published_rules());
    EXPECT_EQ(found.solved, told.solved) << index;
    EXPECT_EQ(found.programs, told.programs) << index;
  }
}

TEST(Solver, FindsNothingWhereNoTriggersFit) {
  auto study = without_roles(handmade_study());
  const std::vector<Grid> asked = {handmade_query().input};
  study.push_back(example(kUnknownRoles, "9", "09"));  // another shape, colour, and nothing beside
  EXPECT_TRUE(solve(study, asked, published_rules()).empty());
  EXPECT_TRUE(solve(without_roles(handmade_study()), {}, published_rules()).empty())
      << "no query to see triggers in";
  study = handmade_study();
  study.push_back(example(kUnknownRoles, "9", "09"));
  EXPECT_EQ(solve(study, asked, published_rules()).size(), 1U) << "the others say their roles";
}

}  // namespace
}  // namespace recombine
