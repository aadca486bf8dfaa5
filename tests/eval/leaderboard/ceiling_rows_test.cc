// Ceilings of data sets as rows of a leaderboard.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "eval/leaderboard/rows.h"
#include "eval/report/ceilings.h"
#include "eval/scoring/evaluation.h"
#include "generator/grids/search/published.h"
#include "generator/grids/split/split.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Published episodes without pairs of two rules, so that nothing shows the order; not answered.
class CeilingRows : public testing::Test {
 protected:
  Report evaluated(const std::string& name,
                   const SplitConfig& split,
                   const std::string& predictor) {
    PublishedMaker maker(GridConfig{}, 1860);
    std::vector<Episode> episodes;
    episodes.reserve(60);
    for (int i = 0; i < 60; ++i) episodes.push_back(reduce(maker.next(), split));
    const EpisodeSet data = write_set(folder_ / (name + predictor), episodes);
    EvaluateConfig config;
    config.ceilings = true;
    PredictionMeta meta = meta_for(data, predictor);
    for (const Episode& episode : data) meta.planned_items.push_back(episode.id);
    meta.planned = 600;
    Report report;
    report.predictor = meta.predictor;
    report.splits = {{name, evaluate(data, PredictionSet("p.jsonl", meta, {}), config).scores}};
    return report;
  }

  TemporaryFolder folder_;
};

SplitConfig no_two_rule_pairs() {
  SplitConfig split;
  split.compositions = 0;
  return split;
}

TEST_F(CeilingRows, CountAGuessAmongTheAnswersThatFit) {
  const Report report = evaluated("test_ood", no_two_rule_pairs(), "x");
  const auto& ceilings = report.splits[0].second.ceilings;
  ASSERT_EQ(ceilings.size(), 2U);
  EXPECT_EQ(ceilings[0].order, "fixed");
  EXPECT_EQ(ceilings[0].share(), 1);
  EXPECT_EQ(ceilings[1].order, "any");
  EXPECT_EQ(ceilings[1].queries, 600U);
  EXPECT_LT(ceilings[1].determined, 600U);
  EXPECT_GT(ceilings[1].guessed, static_cast<double>(ceilings[1].determined))
      << "a guess is right at times";
  const auto most = static_cast<double>(600U + ceilings[1].determined) / 2;
  EXPECT_LE(ceilings[1].guessed, most) << "of two answers or more, half at best";
  EXPECT_EQ(ceilings_of(to_json(ceilings)), ceilings);
  std::vector<std::string> factors;
  for (const auto& [factor, groups] : report.splits[0].second.by) factors.push_back(factor);
  EXPECT_THAT(factors,
              testing::IsSupersetOf({"distance", "overlap", "section_programs", "programs"}));
  EXPECT_THAT(factors, Not(testing::Contains("depth"))) << "all queries need three rules";
}

TEST_F(CeilingRows, StandBesideTheRowsWhoseDataTheyAreOf) {
  const Report one = evaluated("test_ood", no_two_rule_pairs(), "one");
  const Report two = evaluated("test_ood", no_two_rule_pairs(), "two");
  const auto rows = leaderboard_rows({{one, two}, {}});
  ASSERT_EQ(rows.size(), 3U) << "one ceiling: with the order known all is determined";
  EXPECT_EQ(rows[0].name, "ceiling, any order");
  EXPECT_EQ(rows[0].kind, "ceiling");
  EXPECT_TRUE(rows[0].anchor());
  EXPECT_EQ(rows[0].tie_group, 0);
  const std::string text = leaderboard_markdown(rows);
  EXPECT_THAT(text, HasSubstr("ceiling, any order | ceiling | - | anchor"));
  EXPECT_THAT(leaderboard_screen(rows), HasSubstr("ceiling, any order"));
  EXPECT_EQ(leaderboard_json(rows).at("rows").at(0).at("kind"), "ceiling");
}

TEST_F(CeilingRows, AreOneForEachDataSetOfASplitsName) {
  SplitConfig one_pair = no_two_rule_pairs();
  one_pair.primitives = 1;
  const Report one = evaluated("test_ood", no_two_rule_pairs(), "one");
  const Report other = evaluated("test_ood", one_pair, "other");
  EXPECT_GE(ceiling_rows({{one, other}, {}}).size(), 2U);
}

TEST_F(CeilingRows, AreNoneWhereAllIsDetermined) {
  EXPECT_TRUE(ceiling_rows({{evaluated("test_ood", {}, "x")}, {}}).size() <= 1);
  EXPECT_THAT(leaderboard_markdown(leaderboard_rows({{Report{}}, {}})), Not(HasSubstr("ceiling")));
}

}  // namespace
}  // namespace recombine
