// recombine report: what folders hold, as a page.

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/page/page_data.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

using testing::HasSubstr;

class ReportVerbTest : public testing::Test {
 protected:
  void SetUp() override {
    run({"generate", "grids", "--episodes", "12", "--seed", "5", "--out", path("data")});
    for (const char* name : {"oracle", "copy-input"}) {
      run({"baseline", name, "--data", path("data"), "--out", path(std::string(name) + ".jsonl")});
    }
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  static std::string run(std::vector<std::string> words) {
    words.emplace_back("--quiet");
    const Outcome outcome = recombine(std::move(words));
    EXPECT_EQ(outcome.code, kDone) << outcome.error;
    return outcome.out;
  }

  Json page(const std::string& place) const {
    run({"report", place, "--out", path("x.html"), "--force"});
    return data_of_page(read_file(path("x.html")));
  }

  TemporaryFolder folder_;
};

TEST_F(ReportVerbTest, ScoresAnswersThatNobodyScored) {
  const Json data = page(folder_.path().string());
  ASSERT_EQ(data.at("reports").size(), 2U);
  EXPECT_EQ(data.at("comparisons").size(), 1U);
  EXPECT_EQ(data.at("board").at(0).at("name"), "oracle");
  EXPECT_EQ(data.at("sets").at(0).at("reports"), Json({0, 1}));
  EXPECT_GT(data.at("sets").at(0).at("shown"), 0);
}

TEST_F(ReportVerbTest, TakesAReportForWhatItScores) {
  run({"evaluate", "--data", path("data"), "--predictions", path("oracle.jsonl"),
       path("copy-input.jsonl"), "--out", path("r.json")});
  std::filesystem::copy_file(path("r.json"), path("again.json"));
  const Json data = page(folder_.path().string());
  EXPECT_EQ(data.at("reports"), parse_json(read_file(path("r.json"))).at("reports"));
  EXPECT_EQ(data.at("comparisons").size(), 1U);
  EXPECT_GT(data.at("sets").at(0).at("shown"), 0);
  const Json alone = page(path("r.json"));
  EXPECT_EQ(alone.at("reports").size(), 2U);
  EXPECT_TRUE(alone.at("sets").empty());
}

TEST_F(ReportVerbTest, ShowsHowARunLearned) {
  std::filesystem::create_directory(folder_ / "run");
  write_file(folder_ / "run/run.json", R"({"model":"fast","parameters":7,"steps":20})");
  write_file(folder_ / "run/metrics.jsonl",
             R"({"step":10,"loss":1,"validation":{"val_ood":{"exact":0.25}}})"
             "\n"
             R"({"step":20,"loss":1,"validation":{"val_ood":{"exact":0.5}}})"
             "\n");
  page(path("run"));
  const std::string html = read_file(path("x.html"));
  EXPECT_THAT(html, HasSubstr("<strong>run</strong> fast, 7 parameters, 20 of 20 steps"));
  EXPECT_THAT(html, HasSubstr("exact match over steps of run; val_ood ends at 50.0 %"));
}

TEST_F(ReportVerbTest, TakesRunsThatDifferInTheirSeedsTogether) {
  for (const char* seed : {"1", "2"}) {
    const std::filesystem::path folder = folder_ / ("run-" + std::string(seed));
    std::filesystem::create_directory(folder);
    write_file(folder / "run.json", R"({"model":"fast"})");
    write_file(folder / "config.ini", "[train]\nsteps = 20\nseed = " + std::string(seed) + "\n");
    write_file(folder / "metrics.jsonl",
               R"({"step":10,"validation":{"val_ood":{"exact":0.)" + std::string(seed) + "}}}\n");
  }
  page(folder_.path().string());
  EXPECT_THAT(read_file(path("x.html")), HasSubstr("run-1, 2 seeds"));
  const std::string table =
      run({"curves", path("run-1"), path("run-2"), "--mean", "--out", path("c.svg")});
  EXPECT_THAT(table, HasSubstr("0.150 [0.100, 0.200]"));
  EXPECT_THAT(read_file(path("c.svg")), HasSubstr("2 seeds val_ood"));
}

TEST_F(ReportVerbTest, ShowsWhatGoesOnInside) {
  std::filesystem::create_directories(folder_ / "run/trace");
  write_file(folder_ / "run/trace/trace.json",
             R"({"schema":"recombine.trace/1","run":"r","sets":[{"name":"test_ood","step":1,)"
             R"("queries":2,"skipped":0,"exact_after":{"shape":0.5}}]})");
  page(path("run"));
  EXPECT_THAT(read_file(path("x.html")), HasSubstr("What goes on inside"));
  write_file(folder_ / "run/trace/trace.json", "{}");
  const Outcome outcome = recombine({"report", path("run"), "--out", path("y.html")});
  EXPECT_THAT(outcome.error, HasSubstr("trace.json: is not a trace"));
}

TEST_F(ReportVerbTest, SaysWhatIsWrong) {
  std::filesystem::create_directory(folder_ / "empty");
  const auto refused = [&](const std::string& place, const std::string& out) {
    const Outcome outcome = recombine({"report", place, "--out", out});
    EXPECT_NE(outcome.code, kDone);
    return outcome.error;
  };
  EXPECT_THAT(refused(path("empty"), path("x.html")), HasSubstr("has no report, run, trace or"));
  EXPECT_THAT(refused(path("none"), path("x.html")), HasSubstr("no such file"));
  EXPECT_THAT(refused(path("oracle.jsonl"), path("x.html")), HasSubstr("is not a report"));
  std::filesystem::create_directory(folder_ / "alone");
  for (const char* name : {"oracle.jsonl", "oracle.meta.json"})
    std::filesystem::copy(folder_ / name, folder_ / "alone" / name);
  EXPECT_THAT(refused(path("alone"), path("x.html")), HasSubstr("holds no report, no run"));
  EXPECT_THAT(refused(path("data"), path("x.pdf")), HasSubstr("ends in .html"));
}

}  // namespace
}  // namespace recombine
