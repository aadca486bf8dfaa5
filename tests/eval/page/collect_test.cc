// Reports of several calls of `evaluate`, put together for one page.

#include "eval/page/collect.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "eval/report/evaluate_all.h"
#include "eval/report/paired_answers.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

class CollectedReports : public testing::Test {
 protected:
  static PredictionSet answers(const EpisodeSet& data,
                               const std::string& name,
                               const std::string& output) {
    return {name, meta_for(data, name), answer_all(data, output)};
  }

  /// A file of reports, as `evaluate` writes it.
  template <class... Sets>
  void put(const std::string& name, Sets... sets) {
    std::vector<PredictionSet> all;
    (all.push_back(std::move(sets)), ...);
    const AllEvaluations scored = evaluate_all(folder_ / "sets", all);
    const ReportSet reports{scored.reports, compare_all(all, scored, {})};
    write_file(folder_ / name, to_json(reports).dump());
    found_.reports.push_back(folder_ / name);
  }

  ReportSet collected() const { return collect(found_, {}).page.reports; }

  TemporaryFolder folder_;
  FoundFiles found_;
  EpisodeSet id_ = write_set(folder_ / "sets/test_id", {handmade_episode("a", 3)});
  EpisodeSet ood_ = write_set(folder_ / "sets/test_ood", {handmade_episode("b", 2)});
};

TEST_F(CollectedReports, AreOneForAPredictorThatWasScoredSetBySet) {
  put("id.json", answers(id_, "x", "022"));
  put("ood.json", answers(ood_, "y", "1"), answers(ood_, "x", "1"));
  const ReportSet set = collected();
  ASSERT_EQ(set.reports.size(), 2U);
  EXPECT_EQ(set.reports[0].predictor.name, "x");
  ASSERT_EQ(set.reports[0].splits.size(), 2U);
  EXPECT_EQ(set.reports[0].splits[0].first, "test_id");
  EXPECT_EQ(set.reports[0].splits[0].second.all.figures.at("exact").value, 1);
  EXPECT_EQ(set.reports[0].splits[1].first, "test_ood");
  EXPECT_EQ(set.reports[0].splits[1].second.all.figures.at("exact").value, 0);
  EXPECT_EQ(set.reports[1].predictor.name, "y");
  EXPECT_EQ(set.reports[1].splits.size(), 1U);
  ASSERT_EQ(set.comparisons.size(), 1U);
  EXPECT_EQ(set.comparisons[0].names, (std::array<std::string, 2>{"y", "x"}));
  EXPECT_EQ(set.comparisons[0].reports, (std::array<int, 2>{1, 0})) << "places after joining";
}

TEST_F(CollectedReports, AreNotDoubledByTheSameFileTwice) {
  put("one.json", answers(id_, "x", "022"), answers(id_, "y", "1"));
  put("two.json", answers(id_, "x", "022"), answers(id_, "y", "1"));
  const ReportSet set = collected();
  ASSERT_EQ(set.reports.size(), 2U);
  EXPECT_EQ(set.reports[0].splits.size(), 1U);
  EXPECT_EQ(set.reports[1].splits.size(), 1U);
  EXPECT_EQ(set.comparisons.size(), 1U);
}

/// Two files of answers under one name.
TEST_F(CollectedReports, StayApartWhereTheirScoresDiffer) {
  put("one.json", answers(id_, "x", "022"));
  put("two.json", answers(id_, "x", "1"));
  const ReportSet set = collected();
  ASSERT_EQ(set.reports.size(), 2U);
  EXPECT_EQ(set.reports[0].splits[0].second.all.figures.at("exact").value, 1);
  EXPECT_EQ(set.reports[1].splits[0].second.all.figures.at("exact").value, 0);
}

}  // namespace
}  // namespace recombine
