// Objects that no rule moves, beside the object of every picture.

#include "generator/grids/rules/bystanders.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/components.h"
#include "data/error.h"
#include "generator/grids/rules/between.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/solver/certificate.h"
#include "generator/grids/solver/solver.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::HasSubstr;

GridConfig beside(const char* bystanders) {
  GridConfig config;
  config.max_shape_size = 5;
  config.queries = 6;
  config.bystanders = bystanders;
  return config;
}

std::vector<Example> all_pairs(const Episode& episode) {
  std::vector<Example> all = episode.study;
  all.insert(all.end(), episode.queries.begin(), episode.queries.end());
  return all;
}

/// The shapes of a colour's pieces, as grammars have shapes.
std::set<std::string> shapes_of(const Grid& grid, Colour colour) {
  std::set<std::string> shapes;
  Grid only(grid.side());
  add_colour(only, grid, colour);
  for (const Component& piece : connected_components(only)) {
    Cells cells;
    for (const GridCell& cell : piece)
      cells.insert({static_cast<std::int8_t>(cell.row), static_cast<std::int8_t>(cell.col)});
    shapes.insert(shape_text(cells.shape()));
  }
  return shapes;
}

TEST(Bystanders, StandInEveryPictureAndTriggerNothing) {
  const EpisodeMaker maker(beside("2"), 1);
  for (std::uint64_t index = 0; index < 20; ++index) {
    const Episode episode = maker.make(index);
    const Colour colour = bystander_colour(episode);
    ASSERT_NE(colour, 0) << index;
    EXPECT_NE(colour, episode.grammar.role_colour);
    for (const Example& pair : all_pairs(episode)) {
      EXPECT_EQ(pieces_of_colour(pair.input, colour), 2);
      for (const std::string& shape : shapes_of(pair.input, colour)) {
        EXPECT_NE(shape, episode.grammar.role_shape);
        EXPECT_NE(shape, shape_text(parse_shape(episode.grammar.indicators[0].shape).shape()));
      }
      EXPECT_TRUE(grids_between(episode, pair).has_value()) << section_name(pair.roles);
    }
  }
}

TEST(Bystanders, AreOfSeveralNumbersWhereTheyMayBe) {
  const EpisodeMaker maker(beside("0..2"), 2);
  std::multiset<int> numbers;
  for (std::uint64_t index = 0; index < 60; ++index) {
    const Episode episode = maker.make(index);
    const Colour colour = bystander_colour(episode);
    numbers.insert(pieces_of_colour(episode.queries.front().input, colour));
  }
  EXPECT_GT(numbers.count(0), 8U);
  EXPECT_GT(numbers.count(1), 8U);
  EXPECT_GT(numbers.count(2), 8U);
}

TEST(Bystanders, AreNoneWhereNothingAsksForThem) {
  const EpisodeMaker maker(GridConfig{}, 3);
  for (std::uint64_t index = 0; index < 40; ++index) {
    const Episode episode = maker.make(index);
    EXPECT_EQ(bystander_colour(episode), 0);
    EXPECT_TRUE(possible_bystanders(episode.study).empty());
    EXPECT_EQ(without_bystanders(episode, 0), episode);
  }
}

TEST(Bystanders, LeaveTheSolverItsAnswers) {
  for (const char* sections : {"known", "shuffled"}) {
    GridConfig config = beside("1..2");
    config.certify = true;
    config.certify_sections = sections;
    RuleSpace space = rules_of(config);
    space.hidden_sections = config.certify_sections == "shuffled";
    const EpisodeMaker maker(config, 4);
    for (std::uint64_t index = 0; index < 8; ++index) {
      const Episode episode = maker.make(index);
      EXPECT_TRUE(Certificate(config).holds(episode)) << sections << index;
      const Determination found = determine(episode, space);
      EXPECT_TRUE(found.unique()) << sections << index;
      EXPECT_EQ(found.solved, 6) << sections << index;
    }
  }
}

TEST(Bystanders, StayInTheAnswersOfTheSolver) {
  const GridConfig config = beside("2");
  const Episode episode = EpisodeMaker(config, 5).make(0);
  const auto hypotheses = solve(episode.study, rules_of(config));
  ASSERT_FALSE(hypotheses.empty());
  EXPECT_EQ(hypotheses.front().bystanders, bystander_colour(episode));
  const auto answers = answer_query(hypotheses, episode.queries[0].input, episode.queries[0].roles);
  ASSERT_FALSE(answers.empty());
  EXPECT_EQ(answers.front().output, episode.queries[0].output);
}

TEST(Bystanders, AreTheSameInTwins) {
  GridConfig config = beside("1");
  config.twins = true;
  const EpisodeMaker maker(config, 6);
  for (std::uint64_t number = 0; number < 10; ++number) {
    const Episode one = maker.make(2 * number);
    const Episode other = maker.make(2 * number + 1);
    EXPECT_EQ(bystander_colour(one), bystander_colour(other));
    for (std::size_t query = 0; query < one.queries.size(); ++query)
      EXPECT_EQ(one.queries[query].input, other.queries[query].input);
  }
}

TEST(Bystanders, StandBesideSixRulesToo) {
  GridConfig config = beside("2");
  config.side = 20;
  config.indicators = 4;
  config.types = {"translation", "mirror", "rotation", "set_color", "grow", "transpose"};
  const EpisodeMaker maker(config, 7);
  for (std::uint64_t index = 0; index < 3; ++index) {
    const Episode episode = maker.make(index);
    EXPECT_EQ(pieces_of_colour(episode.queries[0].input, bystander_colour(episode)), 2);
    EXPECT_EQ(determine(episode, rules_of(config)).explained, 6);
  }
}

std::string refusal_of(const GridConfig& config, const char* stream = "counter") {
  GridRunConfig run;
  run.stream = stream;
  run.episodes = 10;
  return message_of<InputError>([&] {
    config.validate();
    make_grid_source(config, run);
  });
}

TEST(Bystanders, AreRefusedWhereTheyCannotBe) {
  for (const char* text : {"", "7", "-1", "2..1", "1..", "..2", "a"})
    EXPECT_THAT(refusal_of(beside(text)), HasSubstr("--bystanders")) << text;
  EXPECT_THAT(refusal_of(beside("1"), "published"), HasSubstr("--bystanders"));
}

}  // namespace
}  // namespace recombine
