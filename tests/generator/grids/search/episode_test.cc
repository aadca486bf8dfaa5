#include "generator/grids/search/episode.h"

#include <algorithm>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "data/error.h"
#include "generator/grids/rules/cells.h"

namespace recombine {
namespace {

TEST(EpisodeMaker, DependsOnNothingButItsArguments) {
  const EpisodeMaker maker(GridConfig{}, 7);
  const Episode before = maker.make(5);
  for (std::uint64_t i = 0; i < 5; ++i) maker.make(i);
  EXPECT_EQ(maker.make(5), before);
  EXPECT_EQ(EpisodeMaker(GridConfig{}, 7).make(5), before);
  EXPECT_NE(EpisodeMaker(GridConfig{}, 8).make(5).queries, before.queries);
  EXPECT_NE(maker.make(5, 1).queries, before.queries);
}

class EveryConfig : public testing::TestWithParam<GridConfig> {};

TEST_P(EveryConfig, GivesTheSameEpisodesByThePlainLoop) {
  const EpisodeMaker maker(GetParam(), 1);
  for (std::uint64_t i = 0; i < 40; ++i) EXPECT_EQ(maker.make(i), maker.make_plainly(i));
}

int cells_of_colour(const Grid& grid, int colour) {
  return static_cast<int>(std::count(grid.cells().begin(), grid.cells().end(), colour));
}

Cells indicator_of(const Grammar& grammar) {
  return parse_shape(grammar.indicators[0].shape)
      .shape()
      .moved(grammar.indicators[0].row, grammar.indicators[0].col);
}

/// The indicator stands in its place in both grids, or not in the input.
void expect_indicator(const Example& example, const Grammar& grammar) {
  if ((example.roles & kIndicatorRole) == 0) {
    EXPECT_EQ(cells_of_colour(example.input, grammar.indicators[0].colour), 0);
    return;
  }
  for (const Cell cell : indicator_of(grammar)) {
    EXPECT_EQ(example.input(cell.row, cell.col), grammar.indicators[0].colour);
    EXPECT_EQ(example.output(cell.row, cell.col), grammar.indicators[0].colour);
  }
}

/// What of a grid is not background and not the indicator in its place, and its colours.
struct Rest {
  Cells cells;
  std::set<Colour> colours;
};

Rest beside_indicator(const Grid& grid, const Cells& indicator) {
  Rest rest;
  for (int row = 0; row < grid.side(); ++row) {
    for (int col = 0; col < grid.side(); ++col) {
      const Cell cell = {static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)};
      if (grid(row, col) == 0 || indicator.contains(cell)) continue;
      rest.cells.insert(cell);
      rest.colours.insert(grid(row, col));
    }
  }
  return rest;
}

/// Beside the indicator there is one object, which has the role's shape and the role's colour
/// exactly where those rules are in force.
void expect_object(const Example& example, const Grammar& grammar) {
  const bool present = (example.roles & kIndicatorRole) != 0;
  const Cells indicator = present ? indicator_of(grammar) : Cells{};
  const Rest object = beside_indicator(example.input, indicator);
  ASSERT_EQ(object.colours.size(), 1U);
  EXPECT_EQ(shape_text(object.cells) == grammar.role_shape, (example.roles & kShapeRole) != 0);
  EXPECT_EQ(*object.colours.begin() == grammar.role_colour, (example.roles & kColourRole) != 0);
  EXPECT_NE(*object.colours.begin(), grammar.indicators[0].colour);
  EXPECT_EQ(beside_indicator(example.output, indicator).colours.size(), 1U);
}

TEST_P(EveryConfig, HoldsTheInvariantsOfAnEpisode) {
  const GridConfig& config = GetParam();
  const EpisodeMaker maker(config, 2);
  for (std::uint64_t i = 0; i < 20; ++i) {
    const Episode episode = maker.make(i);
    const Grammar& grammar = episode.grammar;
    EXPECT_EQ(std::ssize(episode.study), 3 * (config.one_rule() + config.two_rule()));
    EXPECT_EQ(episode.queries.size(), static_cast<std::size_t>(config.queries));
    std::set<Grid> inputs;
    for (const Example& query : episode.queries) inputs.insert(query.input);
    EXPECT_EQ(inputs.size(), episode.queries.size());
    const std::set<std::string> types = {grammar.shape_rule().type, grammar.colour_rule().type,
                                         grammar.indicator_rule().type};
    EXPECT_EQ(types.size(), 3U);
    for (const Example& query : episode.queries) EXPECT_EQ(query.roles, kAllRoles);
    for (const auto* list : {&episode.study, &episode.queries}) {
      for (const Example& example : *list) {
        expect_indicator(example, grammar);
        expect_object(example, grammar);
      }
    }
  }
}

GridConfig with(const std::function<void(GridConfig&)>& change) {
  GridConfig config;
  change(config);
  return config;
}

INSTANTIATE_TEST_SUITE_P(
    Configs,
    EveryConfig,
    testing::Values(GridConfig{},
                    with([](GridConfig& c) {
                      c.side = 6;
                      c.queries = 4;
                      c.study = 2;
                      c.min_shape_size = 2;
                      c.max_shape_size = 3;
                      c.shape_box = 2;
                    }),
                    with([](GridConfig& c) {
                      c.one_rule_pairs = 0;
                      c.two_rule_pairs = 6;
                    }),
                    with([](GridConfig& c) {
                      c.study = 0;
                      c.one_rule_pairs = 1;
                    }),
                    with([](GridConfig& c) { c.study = 0; }),
                    with([](GridConfig& c) {
                      c.side = 30;
                      c.max_shape_size = 16;
                    }),
                    with([](GridConfig& c) {
                      c.types = {"grow", "remove", "reshape", "rotation"};
                      c.parameters = {"rotation.rotation_type=1|4|7"};
                      c.queries = 6;
                    }),
                    with([](GridConfig& c) {
                      c.parameters = {"translation.step_size=-2|3", "set_color.new_color=7|8|9"};
                      c.side = 13;
                    })),
    [](const auto& instance) { return "Config" + std::to_string(instance.index); });

TEST(GridConfig, NamesTheOptionAtFault) {
  const auto message = [](const std::function<void(GridConfig&)>& change) {
    try {
      with(change).validate();
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("nothing wrong");
  };
  EXPECT_NE(message([](GridConfig& c) { c.side = 3; }).find("--side 3"), std::string::npos);
  EXPECT_NE(message([](GridConfig& c) { c.queries = 101; }).find("--queries 101"),
            std::string::npos);
  EXPECT_NE(message([](GridConfig& c) {
              c.types = {"translation", "shear", "bend"};
            }).find("shear"),
            std::string::npos);
  EXPECT_NE(message([](GridConfig& c) {
              c.types = {"grow", "mirror"};
            }).find("--types"),
            std::string::npos);
  EXPECT_NE(message([](GridConfig& c) { c.parameters = {"grow.way=-x"}; }).find("--parameters"),
            std::string::npos);
  for (const char* order : {"translation=direction", "translation=direction|direction",
                            "translation=direction|way", "grow=", "mirror"}) {
    EXPECT_NE(message([&](GridConfig& c) { c.parameters = {order}; }).find("--parameters"),
              std::string::npos)
        << order;
  }
  EXPECT_NE(message([](GridConfig& c) { c.parameters = {"grow.direction=up"}; }).find("up"),
            std::string::npos);
}

TEST(EpisodeMaker, EndsWhereNoEpisodeCanBeFound) {
  GridConfig config;
  config.side = 5;
  config.queries = 25;
  config.max_restarts = 500;
  const EpisodeMaker maker(config, 1);
  EXPECT_THROW(maker.make(0), InputError);
}

}  // namespace
}  // namespace recombine
