// What released versions wrote is read by this one, to the same figures; and what it writes from
// the options of every file in configs/ has the digests that are on record.

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "data/storage/record_set.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

fs::path below(const std::string& path) { return fs::path(source_folder()) / path; }

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  std::ranges::sort(entries);
  return entries;
}

/// tests/golden/versions: a folder a version; grids, split, world, answers and a report in each.
class OlderVersion : public testing::TestWithParam<fs::path> {
 protected:
  std::string path(const std::string& name) const { return (GetParam() / name).string(); }
  std::string out(const std::string& name) const { return (folder_ / name).string(); }

  TemporaryFolder folder_;
};

TEST_P(OlderVersion, HasSetsThatAreSound) {
  for (const char* name : {"grids", "split", "world"}) {
    const Outcome verified = recombine({"verify", path(name), "--all"});
    EXPECT_EQ(verified.code, kDone) << name << verified.out << verified.error;
  }
}

TEST_P(OlderVersion, HasAnswersThatScoreAsTheyDid) {
  const Outcome scored =
      recombine({"evaluate", "--data", path("grids"), "--predictions", path("nearest.jsonl"),
                 path("oracle.jsonl"), "--out", out("r.json"), "--quiet"});
  ASSERT_EQ(scored.code, kDone) << scored.error;
  const Json was = Json::parse(read_file(path("report.json"))).at("reports");
  const Json is = Json::parse(read_file(out("r.json"))).at("reports");
  ASSERT_EQ(was.size(), 2U);
  for (std::size_t i = 0; i < was.size(); ++i) {
    const Json& then = was.at(i).at("splits").at("grids");
    const Json& now = is.at(i).at("splits").at("grids");
    EXPECT_EQ(is.at(i).at("predictor"), was.at(i).at("predictor"));
    for (const char* count : {"data_digest", "date", "planned", "answered", "invalid", "missing"})
      EXPECT_EQ(now.at(count), then.at(count)) << count;
    for (const char* share : {"exact", "color", "shape"}) {
      EXPECT_DOUBLE_EQ(now.at(share).at("value").get<double>(),
                       then.at(share).at("value").get<double>())
          << share;
    }
  }
}

TEST_P(OlderVersion, HasSetsThatAreExportedAsTheyWere) {
  ASSERT_EQ(
      recombine({"export", path("grids"), "--format", "carc", "--out", out("c.jsonl"), "--quiet"})
          .code,
      kDone);
  EXPECT_TRUE(read_file(out("c.jsonl")) == read_file(path("carc.jsonl")));
}

TEST_P(OlderVersion, HasRecipesThatMakeTheSameAgain) {
  const Manifest was = read_manifest(GetParam() / "grids");
  ASSERT_EQ(recombine({"export", path("grids"), "--format", "recipe", "--out", out("recipe.json"),
                       "--quiet"})
                .code,
            kDone);
  ASSERT_EQ(
      recombine({"generate", "--recipe", out("recipe.json"), "--out", out("again"), "--quiet"})
          .code,
      kDone);
  EXPECT_EQ(read_manifest(folder_ / "again").digest, was.digest);
}

std::string name_of_version(const testing::TestParamInfo<fs::path>& version) {
  std::string name = version.param.filename().string();
  std::ranges::replace(name, '.', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Golden,
                         OlderVersion,
                         testing::ValuesIn(sorted_entries(below("tests/golden/versions"))),
                         name_of_version);

/// The runs that come with the tree, by the versions that trained them.
TEST(OlderRuns, AreShown) {
  const TemporaryFolder folder;
  std::set<std::string> versions;
  for (const fs::path& run : sorted_entries(below("models/pretrained"))) {
    const Json json = Json::parse(read_file(run / "run.json"));
    versions.insert(json.at("tool").at("version").get<std::string>());
    const std::string page = (folder / run.filename().string()).string() + ".html";
    const Outcome shown = recombine({"report", run.string(), "--out", page, "--quiet"});
    EXPECT_EQ(shown.code, kDone) << run << shown.error;
    EXPECT_GT(fs::file_size(page), 10'000U);
  }
  EXPECT_THAT(versions, Contains("0.1.0"));
  EXPECT_THAT(versions, Contains("0.2.0"));
}

/// The digests of the sets that the options of a file make, few and small enough for a test.
std::string digests_of(const fs::path& file, const fs::path& out) {
  const bool facts = read_file(file).find("[facts]") != std::string::npos;
  std::vector<std::string> words = {"generate", facts ? "facts" : "grids", "--quiet"};
  if (facts) words.insert(words.end(), {"--config", below("configs/facts-tiny.ini").string()});
  words.insert(words.end(), {"--config", file.string(), "--out", out.string()});
  if (facts) words.insert(words.end(), {"--entities", "100"});
  if (!facts) words.insert(words.end(), {"--episodes", "16", "--shards", "1"});
  const Outcome made = recombine(words);
  EXPECT_EQ(made.code, kDone) << file << made.error;
  std::string digests;
  for (const std::string& name : data_set_names(out)) {
    constexpr std::size_t kShown = 16;
    digests += " " + read_manifest(out / name).digest.substr(std::size("sha256:") - 1, kShown);
  }
  return digests;
}

/// Every file in configs/ that says something of data.
TEST(Presets, HaveTheDigestsOnRecord) {
#ifdef RECOMBINE_SANITIZED
  GTEST_SKIP() << "thirty worlds take minutes with sanitizers";
#endif
  const TemporaryFolder folder;
  std::string digests;
  for (const std::string configs : {"configs", "configs/conditions", "configs/ablations"}) {
    for (const fs::path& file : sorted_entries(below(configs))) {
      const std::string name = configs + "/" + file.filename().string();
      const std::string text = fs::is_regular_file(file) ? read_file(file) : "";
      if (text.find("[facts]") == std::string::npos && text.find("[grids]") == std::string::npos)
        continue;
      digests += name + digests_of(file, folder / file.stem().string()) + "\n";
    }
  }
  EXPECT_EQ(digests, read_file(below("tests/golden/presets.txt")))
      << "a digest that changed is a change of what people have: see docs/VERSIONING.md";
}

}  // namespace
}  // namespace recombine
