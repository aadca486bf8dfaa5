#include "eval/report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "eval/report/evaluate_all.h"
#include "tests/data/contract_keys.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

using testing::HasSubstr;

class ReportFile : public testing::Test {
 protected:
  Report make_report(const std::string& name) const {
    std::vector<PredictionSet> prediction_sets;
    prediction_sets.emplace_back("p", meta_for(data_, name), answer_all(data_, "22"));
    return evaluate_all(folder_.path(), prediction_sets).reports.front();
  }

  TemporaryFolder folder_;
  EpisodeSet data_ =
      write_set(folder_ / "test_ood", {handmade_episode("a", 4), handmade_episode("b", 2)});
};

TEST_F(ReportFile, HasTheKeysOfTheContract) {
  const Json json = to_json(make_report("x"));
  EXPECT_EQ(json.at("schema"), "recombine.report/1");
  EXPECT_EQ(json.at("family"), "grids");
  EXPECT_EQ(json.at("predictor").at("parameters"), 1234567);
  EXPECT_EQ(json.at("data_digest"), data_.manifest().digest);
  const Json& split = json.at("splits").at("test_ood");
  EXPECT_EQ(split.at("planned"), 6);
  EXPECT_EQ(split.at("color").at("value"), 1.0);
  EXPECT_EQ(split.at("exact").at("level"), 0.95);
  expect_keys(split, {"/answered", "/invalid", "/missing"});
  for (const char* figure : {"/exact", "/color", "/shape", "/exact_of_valid"}) {
    expect_interval(split, figure);
  }
  EXPECT_TRUE(split.at("by").at("triplet").contains("grow+set_color+translation"));
}

TEST_F(ReportFile, IsReadBackAsItWasWritten) {
  const std::vector<Report> reports = {make_report("x"), make_report("y")};
  for (const int count : {1, 2}) {
    const ReportSet some{{reports.begin(), reports.begin() + count}, {}};
    write_file(folder_ / "r.json", to_json(some).dump());
    const auto read = read_reports(folder_ / "r.json").reports;
    ASSERT_EQ(std::ssize(read), count);
    EXPECT_EQ(read.back().predictor.name, some.reports.back().predictor.name);
    EXPECT_EQ(read.back().splits, some.reports.back().splits);
  }
}

TEST_F(ReportFile, IsRefusedWhereItIsSomethingElse) {
  write_file(folder_ / "r.json", R"({"schema":"recombine.report/1"})");
  EXPECT_THROW(read_reports(folder_ / "r.json"), DataError);
  write_file(folder_ / "r.json", R"({"schema":"recombine.dataset/1"})");
  EXPECT_THROW(read_reports(folder_ / "r.json"), DataError);
  EXPECT_THROW(read_reports(folder_ / "none.json"), DataError);
}

TEST_F(ReportFile, IsRefusedWhereItIsNestedTooDeep) {
  constexpr std::size_t kDeep = 300000;  // deeper than a stack is long
  Json json = to_json(make_report("x"));
  json["predictor"]["details"] = "HERE";
  std::string text = json.dump();
  text.replace(text.find("\"HERE\""), 6, std::string(kDeep, '[') + std::string(kDeep, ']'));
  write_file(folder_ / "r.json", text);
  try {
    read_reports(folder_ / "r.json");
    FAIL();
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("r.json: is not a report"));
    EXPECT_THAT(error.what(), HasSubstr("is nested deeper than 200 levels"));
  }
}

TEST_F(ReportFile, ReadsAsATable) {
  const std::string text = to_text(make_report("x"));
  EXPECT_THAT(text, HasSubstr("x (model), 1,234,567 parameters"));
  EXPECT_THAT(text, HasSubstr("test_ood by triplet"));
  EXPECT_THAT(text, HasSubstr("100.0 ["));
}

}  // namespace
}  // namespace recombine
