// A verb never takes away what it reads, nor what other programs and other verbs made.

#include <algorithm>
#include <array>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "tests/data/temporary_folder.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class OwnInput : public testing::Test {
 protected:
  void SetUp() override {
    expect({"generate", "grids", "--episodes", "150", "--out", "all"}, kDone);
    expect({"split", "--data", "all", "--out", "parted"}, kDone);
    expect({"baseline", "oracle", "--data", "parted/train", "--out", "p.jsonl"}, kDone);
  }

  /// Runs a verb, whose paths lie in the test's folder, with --force.
  Outcome run(std::vector<std::string> words) const {
    for (std::string& word : words) {
      const std::string first = word.substr(0, word.find('/'));
      if (std::ranges::find(kPaths, first) != kPaths.end()) word = (folder_ / word).string();
    }
    words.insert(words.end(), {"--force", "--quiet"});
    return recombine(words);
  }
  void expect(const std::vector<std::string>& words, int code, const std::string& said = "") const {
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.code, code) << outcome.error;
    EXPECT_THAT(outcome.error, HasSubstr(said));
    if (code != kDone) {
      EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1) << outcome.error;
    }
  }

  /// All names and bytes below the folder.
  std::string all_bytes() const {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
      const std::string name = fs::relative(entry.path(), folder_.path()).string();
      files.push_back(name + (entry.is_regular_file() ? sha256(read_file(entry.path())) : ""));
    }
    std::ranges::sort(files);
    std::string all;
    for (const std::string& file : files) all += file + "\n";
    return all;
  }

  static constexpr std::array<std::string_view, 9> kPaths = {
      "all", "parted", "p.jsonl", "p", "p.meta.json", "r.json", "project", "world", "reports"};
  TemporaryFolder folder_;
};

TEST_F(OwnInput, IsNotReplaced) {
  const std::string before = all_bytes();
  const std::string place = "would take its place";
  expect({"split", "--data", "all", "--out", "all"}, kWrongUse, place);
  expect({"split", "--data", "all", "--out", "all/"}, kWrongUse, place);
  expect({"split", "--data", "parted/train", "--out", "parted"}, kWrongUse, "holds what");
  expect({"prompts", "export", "--data", "parted/test_ood", "--provider", "openai", "--model", "m",
          "--out", "parted/test_ood"},
         kWrongUse, place);
  expect({"evaluate", "--data", "parted/train", "--predictions", "p.jsonl", "--out", "p.jsonl"},
         kWrongUse, place);
  expect({"export", "parted/train", "--format", "jsonl", "--out", "parted"}, kWrongUse, place);
  expect({"evaluate", "--data", "parted/train", "--predictions", "p.jsonl", "--out", "r.json",
          "--html", "r.json"},
         kWrongUse, "are one file");
  expect({"baseline", "oracle", "--data", "all", "--out", "parted/train/manifest.json"}, kBadData,
         "is part of a data set");
  EXPECT_EQ(all_bytes(), before);
}

TEST_F(OwnInput, IsNotReplacedInPart) {
  const std::string part = "is part of what";
  for (const char* shard : {"0", "1"}) {
    const Outcome made =
        recombine({"generate", "grids", "--episodes", "150", "--shard", cat(shard, "/2"), "--out",
                   (folder_ / "project" / shard).string(), "--quiet"});
    EXPECT_EQ(made.code, kDone) << made.error;
  }
  expect({"generate", "facts", "--entities", "60", "--relations", "8", "--degree", "6", "--lambda",
          "2", "--out", "world"},
         kDone);
  expect({"evaluate", "--data", "parted/train", "--predictions", "p.jsonl", "--out", "r.json"},
         kDone);
  fs::create_directories(folder_ / "reports");
  fs::rename(folder_ / "r.json", folder_ / "reports/r.json");
  const std::string before = all_bytes();
  expect({"merge", "project", "--out", "project/0"}, kWrongUse, part);
  expect({"split", "--data", "world", "--axis", "bridge", "--out", "world/train"}, kWrongUse, part);
  expect({"leaderboard", "reports", "--out", "reports/r.json"}, kWrongUse, part);
  expect({"evaluate", "--data", "parted/train", "--predictions", "p.jsonl", "--out", "p.meta.json"},
         kWrongUse, part);
  EXPECT_EQ(all_bytes(), before);
}

TEST_F(OwnInput, MayHoldWhatIsWritten) {
  expect({"baseline", "oracle", "--data", "parted/train", "--out", "parted/p.jsonl"}, kDone);
  expect(
      {"evaluate", "--data", "parted", "--predictions", "parted/p.jsonl", "--out", "parted/r.json"},
      kDone);
  expect({"split", "--data", "all", "--out", "parted"}, kDone);
}

TEST_F(OwnInput, OfAnotherProgramIsNotReplacedForItsName) {
  fs::create_directories(folder_ / "project/chapters");
  write_file(folder_ / "project/thesis.tex", "x");
  for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
           {"config.ini", "[mysql]\n"},
           {"config.ini", "[model]\nwidth = 64\n[train]\nsteps = 1\n"},
           {"manifest.json", R"({"name": "recombine.js"})"},
           {"manifest.json", R"({"name": "an extension"})"},
           {"state.json", "{}"},
           {"run.json", R"({"schema": "other/1"})"}}) {
    write_file(folder_ / "project" / name, text);
    const std::string before = all_bytes();
    expect({"generate", "grids", "--episodes", "3", "--out", "project"}, kBadData, "this is none");
    expect({"split", "--data", "all", "--out", "project"}, kBadData, "this is none");
    EXPECT_EQ(all_bytes(), before);
    const Outcome unforced = recombine({"generate", "grids", "--episodes", "3", "--out",
                                        (folder_ / "project").string(), "--quiet"});
    EXPECT_THAT(unforced.error, HasSubstr("is not empty"));
    fs::remove(folder_ / "project" / name);
  }
}

TEST_F(OwnInput, OfAnswersKeepsItsDescription) {
  const std::string before = all_bytes();
  expect({"baseline", "copy-input", "--data", "parted/train", "--out", "p"}, kBadData,
         "would take p.meta.json from");
  EXPECT_EQ(all_bytes(), before);
  expect({"baseline", "copy-input", "--data", "parted/train", "--out", "p.jsonl"}, kDone);
}

TEST_F(OwnInput, IsNotVerifiedWhereSplitJsonSaysWhatItsSetsDoNot) {
  const fs::path file = folder_ / "parted/split.json";
  const std::string text = read_file(file);
  for (const auto& [was, is] : std::vector<std::pair<std::string, std::string>>{
           {"recombine.split/1", "recombine.split/9"},
           {R"("seed": 1860)", R"("seed": 1)"},
           {R"("protocol": "ours")", R"("protocol": "published")"},
           {R"("axis": "systematicity")", R"("axis": "size")"},
           {R"("count": 150)", R"("count": 151)"}}) {
    std::string other = text;
    ASSERT_NE(other.find(was), std::string::npos) << was;
    other.replace(other.find(was), was.size(), is);
    write_file(file, other);
    const Outcome verified = recombine({"verify", (folder_ / "parted").string(), "--quiet"});
    EXPECT_EQ(verified.code, kAnswerIsNo) << is << verified.out;
  }
  write_file(file, text);
  EXPECT_EQ(recombine({"verify", (folder_ / "parted").string(), "--quiet"}).code, kDone);
}

TEST_F(OwnInput, IsNotMeantByAWordOfTheVerb) {
  const fs::path here = fs::current_path();
  fs::current_path(folder_.path());
  fs::create_directory("grids");
  write_file("grids/shard-00000-of-00001.rcb", "damaged");
  EXPECT_EQ(
      recombine({"generate", "grids", "--episodes", "3", "--out", "grids", "--force", "-q"}).code,
      kDone);
  fs::current_path(here);
}

TEST(EmptyArguments, AreNamed) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"generate", "grids", "--out", ""},
                                             {"generate", "grids", "--out="},
                                             {"suite", "list", "--only", ""},
                                             {"generate", "grids", "--types", ""}}) {
    const Outcome outcome = recombine(words);
    EXPECT_EQ(outcome.code, kWrongUse);
    EXPECT_THAT(outcome.error, HasSubstr("is empty; give a value"));
  }
  EXPECT_THAT(recombine({"verify", ""}).error, HasSubstr("an argument is empty"));
}

TEST(LargeNumbers, AreToldTheirLimit) {
  EXPECT_THAT(recombine({"generate", "facts", "--entities", "4000000000", "--out", "x"}).error,
              HasSubstr("--entities 4000000000: must be at most 2147483647"));
}

}  // namespace
}  // namespace recombine
