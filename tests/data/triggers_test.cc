#include "data/triggers.h"

#include <gtest/gtest.h>

namespace recombine {
namespace {

Grid grid(std::string_view text) { return Grid::parse(text, 6); }

Example pair(std::string_view input, std::string_view output) {
  return {kUnknownRoles, grid(input), grid(output)};
}

/// The shape 0001, the colour 3, and a 5 in the corner.
const std::vector<Grid>& asked() {
  static const std::vector<Grid> kAsked = {grid("33/////000005"), grid("/033////000005")};
  return kAsked;
}

TEST(Triggers, AreWhatQueriesHaveInCommon) {
  const auto possible = possible_triggers({}, asked());
  ASSERT_EQ(possible.size(), 1U);
  EXPECT_EQ(possible[0].colour, 3);
  EXPECT_EQ(possible[0].shape, (Component{{0, 0}, {0, 1}}));
  EXPECT_EQ(possible[0].indicator.cells, (Component{{5, 5}}));
}

TEST(Triggers, SayWhichRulesAnInputNeeds) {
  const Triggers triggers = possible_triggers({}, asked()).at(0);
  EXPECT_EQ(roles_under(triggers, grid("44")), kShapeRole);
  EXPECT_EQ(roles_under(triggers, grid("3/3")), kColourRole);
  EXPECT_EQ(roles_under(triggers, grid("4/4////000005")), kIndicatorRole);
  EXPECT_EQ(roles_under(triggers, grid("//33")), kShapeRole | kColourRole);
  EXPECT_EQ(roles_under(triggers, grid("44/////000005")), kShapeRole | kIndicatorRole);
  EXPECT_EQ(roles_under(triggers, grid("3/3////000005")), kColourRole | kIndicatorRole);
  EXPECT_EQ(roles_under(triggers, grid("//33///000005")), kAllRoles);
}

TEST(Triggers, SayNothingOfOtherGrids) {
  const Triggers triggers = possible_triggers({}, asked()).at(0);
  EXPECT_EQ(roles_under(triggers, grid("")), kUnknownRoles);
  EXPECT_EQ(roles_under(triggers, grid("4/4")), kUnknownRoles) << "triggers nothing";
  EXPECT_EQ(roles_under(triggers, grid("33/////00005")), kUnknownRoles) << "beside another place";
  EXPECT_EQ(roles_under(triggers, grid("34")), kUnknownRoles) << "of two colours";
  EXPECT_EQ(roles_under(triggers, grid("33/0/0/4/0/000005")), kUnknownRoles) << "three pieces";
  EXPECT_TRUE(possible_triggers({}, {}).empty());
  EXPECT_TRUE(possible_triggers({}, std::vector<Grid>{grid("33")}).empty());
  EXPECT_TRUE(possible_triggers({}, std::vector<Grid>{asked()[0], grid("33")}).empty());
}

TEST(Triggers, OfOneQueryAreToldApartByStudyPairs) {
  const std::vector<Grid> one = {asked()[0]};
  EXPECT_EQ(possible_triggers({}, one).size(), 2U) << "either piece may be the indicator";
  const std::vector<Example> shown = {pair("4/4////000005", "4/4/4///000005")};
  const auto possible = possible_triggers(shown, one);
  ASSERT_EQ(possible.size(), 1U);
  EXPECT_EQ(possible[0].indicator.colour, 5);
  EXPECT_EQ(with_roles(shown, possible[0]).at(0).roles, kIndicatorRole);
}

TEST(Triggers, LeaveTheIndicatorAsItIs) {
  const std::vector<Example> shown = {pair("4/4////000005", "4/4/4///000006")};
  EXPECT_TRUE(possible_triggers(shown, asked()).empty());
}

TEST(Triggers, ShowARuleInEveryPair) {
  EXPECT_TRUE(possible_triggers(std::vector<Example>{pair("4", "04")}, asked()).empty());
}

TEST(Triggers, LeaveRolesThatAreSaid) {
  std::vector<Example> shown = {pair("44", "044"), pair("3", "2")};
  EXPECT_TRUE(lacks_roles(shown));
  shown[1].roles = kColourRole | kShapeRole;
  const auto named = with_roles(shown, possible_triggers({}, asked()).at(0));
  EXPECT_EQ(named[0].roles, kShapeRole);
  EXPECT_EQ(named[1].roles, kColourRole | kShapeRole);
  EXPECT_FALSE(lacks_roles(named));
}

}  // namespace
}  // namespace recombine
