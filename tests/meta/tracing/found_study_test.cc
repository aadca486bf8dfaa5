#include "meta/tracing/found_study.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

Episode told_episode() { return small_episodes(1).front(); }

std::vector<Roles> sections_of(const Episode& episode) {
  std::vector<Roles> sections;
  for (const Example& pair : episode.study) sections.push_back(pair.roles);
  return sections;
}

std::vector<AfterRule> run_in(const std::vector<Roles>& units) {
  std::vector<AfterRule> run(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) run[i].unit = units[i];
  return run;
}

std::vector<AfterRule> usual_run() { return run_in({kShapeRole, kColourRole, kIndicatorRole}); }

TEST(FoundStudy, CountsTheSectionsThatAreTrue) {
  const Episode episode = told_episode();
  std::vector<Roles> sections = sections_of(episode);
  sections[2] = kShapeRole | kColourRole;
  const FoundStudy study = found_study(episode, sections, usual_run());
  EXPECT_EQ(study.right_sections(), sections.size() - 1);
  EXPECT_TRUE(study.order_leads);
  const Json found = to_json(std::array{study}, false);
  EXPECT_EQ(found["pairs"], sections.size());
  EXPECT_EQ(found["pairs_right"], sections.size() - 1);
  EXPECT_EQ(found["sets_right"], 0);
  EXPECT_EQ(found["sections"]["indicator"], (Json{{"pairs", 1}, {"right", 0}}));
  EXPECT_THAT(found_markdown(found), testing::HasSubstr("of 5 of 6 pairs"));
}

TEST(FoundStudy, NamesTheTwoRulesWithoutAnIndicatorAsFitsBest) {
  const Episode episode = told_episode();
  const std::vector<Roles> exchanged = {kColourRole,
                                        kShapeRole,
                                        kIndicatorRole,
                                        kShapeRole | kColourRole,
                                        kColourRole | kIndicatorRole,
                                        kShapeRole | kIndicatorRole};
  const FoundStudy study =
      found_study(episode, exchanged, run_in({kColourRole, kShapeRole, kIndicatorRole}));
  EXPECT_EQ(study.sections, sections_of(episode));
  EXPECT_EQ(study.order, (std::vector<int>{0, 1, 2}));
  EXPECT_TRUE(study.order_leads);
  const std::vector<AfterRule> run =
      named_run(study, run_in({kColourRole, kShapeRole | kIndicatorRole}));
  EXPECT_EQ(run[0].unit, kShapeRole);
  EXPECT_EQ(run[1].unit, kColourRole | kIndicatorRole);
  const FoundStudy told = found_study(episode, {}, usual_run());
  EXPECT_EQ(named_run(told, run_in({kColourRole}))[0].unit, kColourRole);
}

TEST(FoundStudy, SaysNothingOfPairsThatAllShowAllRules) {
  Episode episode = told_episode();
  episode.study = {episode.queries[0], episode.queries[1]};
  const FoundStudy study = found_study(episode, {kAllRoles, kAllRoles}, usual_run());
  EXPECT_TRUE(to_json(std::array{study}, true).is_null());
}

TEST(FoundStudy, FollowsAnOrderToTheOutputs) {
  Episode episode = told_episode();
  std::size_t lead_astray = 0;
  for (const Episode& each : small_episodes(12)) {
    const FoundStudy study =
        found_study(each, {}, run_in({kIndicatorRole, kColourRole, kShapeRole}));
    EXPECT_TRUE(study.sections.empty());
    lead_astray += study.order_leads ? 0 : 1;
  }
  EXPECT_GT(lead_astray, 0U);
  episode.grammar = {};
  const FoundStudy unknown = found_study(episode, {}, usual_run());
  EXPECT_FALSE(unknown.order_known) << "nobody knows the rules";
  EXPECT_TRUE(to_json(std::array{unknown}, true).is_null());
  episode = told_episode();
  episode.queries.clear();
  EXPECT_FALSE(found_study(episode, {}, usual_run()).order_known) << "nothing to lead to";
}

TEST(FoundStudy, IsNothingWhereAllWasTold) {
  const FoundStudy study = found_study(told_episode(), {}, usual_run());
  EXPECT_TRUE(to_json(std::array{study}, false).is_null());
  EXPECT_EQ(found_markdown(to_json(std::array{study}, false)), "");
  const Json orders = to_json(std::array{study}, true);
  EXPECT_EQ(orders["orders"], 1);
  EXPECT_EQ(orders["orders_right"], 1);
  EXPECT_EQ(orders["sets"], 0);
}

}  // namespace
}  // namespace recombine
