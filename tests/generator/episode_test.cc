#include "generator/grids/episode.h"

#include <algorithm>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "data/error.h"
#include "generator/grids/cells.h"

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

/// Cells of the colour that are not the indicator's.
int coloured_cells(const Grid& grid) {
  return static_cast<int>(grid.cells().size() -
                          std::count(grid.cells().begin(), grid.cells().end(), 0));
}

int cells_of_colour(const Grid& grid, int colour) {
  return static_cast<int>(std::count(grid.cells().begin(), grid.cells().end(), colour));
}

int size_of(const std::string& shape) { return static_cast<int>(shape.size()) / 2; }

/// The indicator stands in its place in both grids, or in neither.
void expect_indicator(const Example& example, const Grammar& grammar) {
  if ((example.roles & kIndicatorRole) == 0) {
    EXPECT_EQ(cells_of_colour(example.input, grammar.indicator_colour), 0);
    return;
  }
  const Cells place = parse_shape(grammar.indicator_shape)
                          .shape()
                          .moved(grammar.indicator_row, grammar.indicator_col);
  for (const Cell cell : place) {
    EXPECT_EQ(example.input(cell.row, cell.col), grammar.indicator_colour);
    EXPECT_EQ(example.output(cell.row, cell.col), grammar.indicator_colour);
  }
}

/// Beside the indicator there is one object, of the role's shape where that rule is in force.
void expect_object(const Example& example, const Grammar& grammar) {
  const bool indicator = (example.roles & kIndicatorRole) != 0;
  const int object =
      coloured_cells(example.input) - (indicator ? size_of(grammar.indicator_shape) : 0);
  EXPECT_GE(object, 1);
  if ((example.roles & kShapeRole) != 0) {
    EXPECT_EQ(object, size_of(grammar.role_shape));
  }
}

TEST_P(EveryConfig, HoldsTheInvariantsOfAnEpisode) {
  const GridConfig& config = GetParam();
  const EpisodeMaker maker(config, 2);
  for (std::uint64_t i = 0; i < 20; ++i) {
    const Episode episode = maker.make(i);
    const Grammar& grammar = episode.grammar;
    EXPECT_EQ(episode.study.size(), static_cast<std::size_t>(6 * config.study));
    EXPECT_EQ(episode.queries.size(), static_cast<std::size_t>(config.queries));
    std::set<Grid> inputs;
    for (const Example& query : episode.queries) inputs.insert(query.input);
    EXPECT_EQ(inputs.size(), episode.queries.size());
    const std::set<std::string> types = {grammar.shape_rule.type, grammar.colour_rule.type,
                                         grammar.indicator_rule.type};
    EXPECT_EQ(types.size(), 3U);
    for (const Example& example : episode.study) {
      expect_indicator(example, grammar);
      expect_object(example, grammar);
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
