#include "eval/drawing/curves.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/core.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "eval/drawing/chart.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/drawing/pixels.h"

namespace recombine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

void write_run(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  write_file(folder / "metrics.jsonl",
             R"({"step":10,"loss":2})"
             "\n"
             R"({"step":20,"validation":{"val_id":{"exact":0.5},"val_ood":{"exact":0.25}}})"
             "\n"
             R"({"step":40,"validation":{"val_id":{"exact":1.0},"val_ood":{"exact":0.75}}})"
             "\n");
}

TEST(Curves, AreReadFromARun) {
  const TemporaryFolder folder;
  write_run(folder / "run");
  const std::vector<std::string> sets = {"val_ood"};
  const auto curves = read_curves(folder / "run", "exact", sets);
  ASSERT_EQ(curves.size(), 1U);
  EXPECT_EQ(curves[0].name, "val_ood");
  EXPECT_THAT(curves[0].points, ElementsAre(Pair(20, 0.25), Pair(40, 0.75)));
  EXPECT_EQ(read_curves(folder / "run", "exact", {}).size(), 2U);
}

TEST(Curves, SayWhatIsMissing) {
  const TemporaryFolder folder;
  EXPECT_THROW(read_curves(folder / "none", "exact", {}), DataError);
  write_run(folder / "run");
  try {
    read_curves(folder / "run", "bridge", {});
    ADD_FAILURE() << "read";
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("'bridge'"));
  }
}

TEST(Curves, StandSideBySideInATable) {
  const std::vector<Curve> curves = {{"a", {{1, 0.5}}}, {"b", {{1, 1.0}, {3, 0.125}}}};
  const Table table = curve_table(curves);
  EXPECT_THAT(table.header, ElementsAre("step", "a", "b"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0], ElementsAre("1", "0.500", "1.000"));
  EXPECT_THAT(table.rows[1], ElementsAre("3", "", "0.125"));
}

TEST(Chart, ChangesWithTheCurve) {
  const std::vector<Curve> low = {{"a", {{1, 0.1}, {100, 0.2}}}};
  const std::vector<Curve> high = {{"a", {{1, 0.1}, {100, 0.9}}}};
  const Png picture = chart_png(low, "exact", false);
  EXPECT_TRUE(picture.bytes.starts_with("\x89PNG"));
  EXPECT_EQ(picture.bytes, chart_png(low, "exact", false).bytes);
  EXPECT_NE(picture.bytes, chart_png(high, "exact", false).bytes);
  EXPECT_NE(picture.bytes, chart_png(low, "exact", true).bytes);
}

cv::Mat picture_of(double first, double last) {
  const std::vector<Curve> curves = {{"a", {{1, first}, {100, last}}}};
  return pixels_of(chart_png(curves, "figure", false));
}

TEST(Chart, EndsOnARoundNumberWhereAValueIsOverOne) {
  EXPECT_GT(cv::norm(picture_of(2, 4), picture_of(3, 4), cv::NORM_INF), 0) << "neither is cut";
  // 0 to 5 in steps of 1 has the lines of 0 to 100 % in steps of 20, under other labels.
  constexpr int kLabels = 60;  // pixels
  const cv::Mat share = picture_of(0.5, 1);
  const cv::Mat loss = picture_of(2.5, 5);
  const cv::Range labels(0, kLabels);
  const cv::Range plot(kLabels, share.cols);
  EXPECT_EQ(cv::norm(share.colRange(plot), loss.colRange(plot), cv::NORM_INF), 0);
  EXPECT_GT(cv::norm(share.colRange(labels), loss.colRange(labels), cv::NORM_INF), 0);
}

}  // namespace
}  // namespace recombine
