// What each axis holds out, and what a split makes of it.

#include "generator/grids/split/axes.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "generator/grids/split/held_out.h"
#include "generator/grids/split/split_run.h"
#include "generator/verify.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/check/stored_grids.h"

namespace recombine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

Episode with_rules(Rule shape, Rule colour, Rule indicator) {
  Episode episode;
  episode.id = "e0";
  episode.grammar.shape_rule() = std::move(shape);
  episode.grammar.colour_rule() = std::move(colour);
  episode.grammar.indicator_rule() = std::move(indicator);
  episode.grammar.role_shape = "000110";
  episode.grammar.role_colour = 7;
  episode.grammar.indicators[0].shape = "00";
  return episode;
}

Episode told_episode() {
  return with_rules({"mirror", {{"direction", "x"}}}, {"grow", {{"direction", "-x"}}},
                    {"translation", {{"direction", "y"}, {"step_size", "1"}}});
}

std::vector<std::string> levels(const char* axis, const Episode& episode) {
  return find_axis(axis).levels(episode);
}

TEST(Axes, SayTheLevelsOfAnEpisode) {
  const Episode episode = told_episode();
  EXPECT_THAT(levels("systematicity", episode), ElementsAre("grow+mirror+translation"));
  EXPECT_THAT(levels("pairs", episode),
              UnorderedElementsAre("grow+mirror", "mirror+translation", "grow+translation"));
  EXPECT_THAT(levels("role", episode),
              UnorderedElementsAre("mirror:shape", "grow:colour", "translation:indicator"));
  EXPECT_THAT(levels("parameters", episode),
              UnorderedElementsAre("mirror:direction=x", "grow:direction=-x",
                                   "translation:direction=y", "translation:step_size=1"));
  EXPECT_THAT(levels("size", episode), ElementsAre("3"));
  EXPECT_THAT(levels("colour", episode), ElementsAre("7"));
  EXPECT_THAT(levels("indicator-shape", episode), ElementsAre("00"));
}

TEST(Axes, SayNothingOfWhatAnImportDoesNotSay) {
  for (const Axis& axis : axes())
    EXPECT_THAT(axis.levels(Episode{}), testing::Contains("")) << axis.name;
}

TEST(FindAxis, NamesTheNearest) {
  EXPECT_THAT(message_of<InputError>([] { find_axis("rolls"); }), HasSubstr("did you mean 'role'"));
}

TEST(ChooseLevels, TakesTheLargestOfNumbers) {
  SplitConfig config;
  config.test_fraction = 0.3;
  const AxisLevels chosen =
      choose_levels(find_axis("size"), {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}, config);
  EXPECT_THAT(chosen.test, ElementsAre("10", "8", "9"));
  EXPECT_EQ(chosen.train.size(), 7U);
}

TEST(ChooseLevels, DrawsByTheSeedAndAlwaysOne) {
  const std::set<std::string> shapes = {"00", "0001", "0010", "1001"};
  std::set<std::vector<std::string>> drawn;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    SplitConfig config;
    config.seed = seed;
    const AxisLevels chosen = choose_levels(find_axis("indicator-shape"), shapes, config);
    EXPECT_EQ(chosen.test.size(), 1U) << "a fifth of four levels is less than one";
    EXPECT_EQ(choose_levels(find_axis("indicator-shape"), shapes, config).test, chosen.test);
    drawn.insert(chosen.test);
  }
  EXPECT_EQ(drawn.size(), 4U);
}

TEST(ChooseLevels, LeaveEveryTypeARoleAndEveryParameterAValue) {
  SplitConfig config;
  config.test_fraction = 0.99;
  const AxisLevels roles = choose_levels(
      find_axis("role"), {"a:shape", "a:colour", "a:indicator", "b:shape", "c:colour"}, config);
  EXPECT_EQ(roles.test.size(), 2U);
  for (const std::string& level : roles.test) EXPECT_EQ(level.front(), 'a');
  EXPECT_THAT(message_of<InputError>([&] {
                choose_levels(find_axis("parameters"), {"a:x=1", "b:y=1"}, config);
              }),
              HasSubstr("is the only one of its kind"));
}

TEST(ChooseLevels, HoldsOutWhatIsNamed) {
  SplitConfig config;
  config.axis = {"size", "parameters"};
  config.hold_out = {"parameters=mirror:direction=x", "size=2", "size=4"};
  config.validate();
  EXPECT_THAT(choose_levels(find_axis("size"), {"2", "3", "4"}, config).test,
              ElementsAre("2", "4"));
  EXPECT_THAT(choose_levels(find_axis("parameters"), {"mirror:direction=x", "b:y=1"}, config).test,
              ElementsAre("mirror:direction=x"));
  EXPECT_THAT(message_of<InputError>([&] {
                choose_levels(find_axis("size"), {"2", "3"}, config);
              }),
              HasSubstr("--hold-out size=4: no episode has it"));
  EXPECT_THAT(message_of<InputError>([&] {
                choose_levels(find_axis("size"), {"2", "4"}, config);
              }),
              HasSubstr("leaves no level of size for train"));
  EXPECT_THAT(message_of<InputError>([&] { choose_levels(find_axis("size"), {"2"}, config); }),
              HasSubstr("all episodes have the same, 2"));
}

TEST(SplitConfig, RefusesAxesThatDoNotGoTogether) {
  const auto complaint = [](const Names& axis, const Names& hold_out, const char* protocol) {
    SplitConfig config;
    config.axis = axis;
    config.hold_out = hold_out;
    config.protocol = protocol;
    return message_of<InputError>([&] { config.validate(); });
  };
  EXPECT_EQ(complaint({"size", "role"}, {"size=9"}, "ours"), "nothing thrown");
  EXPECT_THAT(complaint({"size", "size"}, {}, "ours"), HasSubstr("names size twice"));
  EXPECT_THAT(complaint({}, {}, "ours"), HasSubstr("--axis: name at least one"));
  EXPECT_THAT(complaint({"size"}, {}, "published"), HasSubstr("systematicity alone"));
  EXPECT_THAT(complaint({"size"}, {"role=a"}, "ours"), HasSubstr("--hold-out role=a"));
  EXPECT_THAT(complaint({"size"}, {"size="}, "ours"), HasSubstr("--hold-out size="));
  EXPECT_THAT(complaint({"systematicity"}, {"systematicity=a"}, "ours"), HasSubstr("--hold-out"));
}

TEST(Axes, SayWhatFurtherOptionsOfGenerateVary) {
  Episode episode = told_episode();
  episode.grammar.indicators = {{"00", 5, 0, 7}, {"0001", 6, 7, 0}};
  episode.grammar.rules.push_back({"set_color", {{"new_color", "1"}}});
  Grid grid(10);
  for (int col = 0; col < 5; ++col) grid(3, col) = 4;
  constexpr Roles kBothIndicators = 12;
  episode.study = {{kColourRole, grid, grid}, {kBothIndicators, grid, grid}};
  episode.spare = {{kColourRole, grid, grid}, {first_roles(3), grid, grid}};
  episode.queries = {{first_roles(4), grid, grid}};
  EXPECT_THAT(levels("depth", episode), ElementsAre("4"));
  EXPECT_THAT(levels("free-size", episode), ElementsAre("5"));
  episode.study[0].roles = kShapeRole;
  episode.spare.clear();
  EXPECT_THAT(levels("free-size", episode), ElementsAre("2")) << "less the indicators' three cells";
  EXPECT_THAT(levels("bystanders", episode), ElementsAre("0"));
  EXPECT_THAT(levels("side", episode), ElementsAre("10"));
  EXPECT_THAT(levels("position", episode), ElementsAre("upper-right", "lower-left"));
  EXPECT_THAT(levels("study-count", episode), ElementsAre("2"));
  EXPECT_THAT(levels("order", episode), ElementsAre("shape-colour-indicator-indicator2"));
  episode.grammar.order = {3, 1, 0, 2};
  EXPECT_THAT(levels("order", episode), ElementsAre("indicator2-colour-shape-indicator"));
}

/// All five sets, and verify agrees on which side each episode is.
Json expect_split(const TemporaryFolder& folder,
                  const SplitConfig& config,
                  std::uint64_t episodes) {
  Json split = split_data_set(folder / "data", folder / "split", config, false, true);
  std::uint64_t count = split.value("between", std::uint64_t{0});
  for (const auto& [name, set] : split.at("sets").items()) {
    EXPECT_GT(set.at("count"), 0) << name;
    count += set.at("count").get<std::uint64_t>();
  }
  EXPECT_EQ(count, episodes);
  for (const Check& check : verify_folder(folder / "split", {true, true}))
    EXPECT_TRUE(check.ok) << check.name << ": " << check.detail;
  const std::vector<AxisLevels> held = stored_levels(split);
  for (const auto& [name, set] : split.at("sets").items()) {
    for (const Episode& episode : EpisodeSet((folder / "split") / name))
      EXPECT_EQ(side_of(episode, held) == SplitSide::kHeldOut, name.ends_with("_ood")) << name;
  }
  return split;
}

class SplitByAxis : public testing::TestWithParam<const char*> {};

// Every axis gives all five sets, and verify agrees on which side each episode is.
TEST_P(SplitByAxis, KeepsWhatIsHeldOutOutOfTraining) {
  const TemporaryFolder folder;
  write_grids(folder / "data", 600, "counter");
  SplitConfig config;
  parse_field("axis", GetParam(), config.axis);
  const Json split = expect_split(folder, config, 600);
  EXPECT_EQ(split.at("axis"), GetParam());
}

INSTANTIATE_TEST_SUITE_P(List,
                         SplitByAxis,
                         testing::Values("systematicity",
                                         "pairs",
                                         "role",
                                         "parameters",
                                         "size",
                                         "colour",
                                         "indicator-shape",
                                         "free-size",
                                         "position",
                                         "role,size",
                                         "systematicity,colour"));

// What the generator has to be asked for.
TEST(SplitByFurtherAxes, KeepWhatIsHeldOutOutOfTraining) {
  GridConfig grids;
  grids.queries = 10;
  grids.study = 2;
  const auto expect = [&](const char* axis, const GridConfig& config, int kept = 2) {
    const TemporaryFolder folder;
    write_grids(folder / "data", 120, "counter", config);
    SplitConfig split;
    split.axis = {axis};
    split.primitives = split.compositions = kept;
    split.id_fraction = 0.2;
    const Json written = expect_split(folder, split, 120);
    return written.at("levels").at(axis).at("test").get<Names>();
  };
  GridConfig depth = grids;
  depth.indicators = 2;
  depth.side = 14;
  depth.queries = 10;
  depth.query_depth = {"2", "3", "4"};
  EXPECT_THAT(expect("depth", depth), ElementsAre("4"));
  GridConfig sides = grids;
  sides.further_sides = {"11", "14"};
  EXPECT_THAT(expect("side", sides), ElementsAre("14"));
  GridConfig counts = grids;
  counts.further_study = {"1", "4"};
  EXPECT_THAT(expect("study-count", counts, -1), ElementsAre("24"));
  GridConfig orders = grids;
  orders.order = "episode";
  EXPECT_EQ(expect("order", orders).size(), 1U);
  GridConfig beside = grids;
  beside.max_shape_size = 5;
  beside.bystanders = "0..2";
  EXPECT_THAT(expect("bystanders", beside), ElementsAre("2"));
}

TEST(SplitDataSet, FindsWhatIsHeldOutAndTrained) {
  const TemporaryFolder folder;
  write_grids(folder / "data", 200, "counter");
  SplitConfig config;
  config.axis = {"colour"};
  split_data_set(folder / "data", folder / "split", config, false, true);
  const auto file = (folder / "split") / "split.json";
  Json split = Json::parse(read_file(file));
  auto& colours = split["levels"]["colour"];
  colours["test"].push_back(colours["train"].back());
  colours["train"].erase(colours["train"].size() - 1);
  write_file(file, split.dump());
  bool found = false;
  for (const Check& check : verify_folder(folder / "split", {true, true}))
    found = found || check.detail.find("held out and trained") != std::string::npos;
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace recombine
