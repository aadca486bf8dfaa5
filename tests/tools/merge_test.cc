// Shards by real processes, some of which are killed, and predictions by parts, put together.

#include <csignal>
#include <cstdlib>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>

#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "data/storage/shard.h"
#include "data/text.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Words = std::vector<std::string>;

constexpr int kAll = 64;

fs::path programs() { return fs::path(build_folder()) / "bin"; }

Words joined(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// Small episodes of few shapes: shards take each other's grammars.
const Words& wanted() {
  static const Words kWanted = {"--episodes",       "8320",
                                "--seed",           "5",
                                "--queries",        "2",
                                "--study",          "1",
                                "--types",          "mirror,rotation,translation,grow",
                                "--max-shape-size", "2"};
  return kWanted;
}

Words generation(const Words& more) {
  return joined(joined({"generate", "grids", "--quiet"}, wanted()), more);
}

Words shard_of(int shard, const fs::path& parts) {
  return generation({"--shard", std::to_string(shard) + "/" + std::to_string(kAll), "--threads",
                     "1", "--out", (parts / std::to_string(shard)).string()});
}

pid_t start(Words words) {
  words.insert(words.begin(), (programs() / "recombine").string());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t process = -1;
  EXPECT_EQ(posix_spawn(&process, argv.front(), nullptr, nullptr, argv.data(), environ), 0);
  return process;
}

/// Starts the shard's run and kills it once a block is on disk. False where it was finished before.
bool killed_midway(int shard, const fs::path& parts) {
  const fs::path file = parts / std::to_string(shard) / shard_file_name(shard, kAll);
  constexpr std::uintmax_t kHeader = 32;
  const pid_t process = start(shard_of(shard, parts));
  int status = 0;
  bool ended = false;
  std::error_code none;
  while (!ended) {
    const auto size = fs::file_size(file.string() + ".part", none);
    if (!none && size > kHeader) break;
    ended = waitpid(process, &status, WNOHANG) == process;
    std::this_thread::yield();
  }
  if (!ended) {
    ::kill(process, SIGKILL);
    waitpid(process, &status, 0);
  }
  if (!fs::exists(file)) return true;
  fs::remove_all(file.parent_path());
  return false;
}

int shell(const std::string& line) {
  const std::string whole = "PATH='" + programs().string() + "':$PATH; " + line;
  return std::system(whole.c_str());
}

void expect_equal_sets(const fs::path& one, const fs::path& other) {
  const Manifest manifest = read_manifest(one);
  EXPECT_EQ(read_manifest(other).digest, manifest.digest);
  EXPECT_EQ(read_file(other / kManifestFile), read_file(one / kManifestFile));
  for (const ShardInfo& shard : manifest.shards)
    EXPECT_EQ(read_file(other / shard.file), read_file(one / shard.file)) << shard.file;
}

TEST(Merge, GivesTheSingleRunAfterThreeOfSixtyFourWereKilledAndOneWasLost) {
  const TemporaryFolder folder;
  const fs::path parts = folder / "parts";
  const std::vector<int> killed = {5, 17, 40};
  constexpr int kLost = 33;
  for (const int shard : killed) {
    int tries = 1;
    while (!killed_midway(shard, parts) && tries < 20) ++tries;
    ASSERT_LT(tries, 20) << "shard " << shard << " is always finished first";
  }
  for (int shard = 0; shard < kAll; ++shard) {
    if (std::ranges::find(killed, shard) != killed.end()) continue;
    ASSERT_EQ(recombine(shard_of(shard, parts)).code, kDone) << shard;
  }
  fs::remove_all(parts / std::to_string(kLost));
  const Words merge = {"merge", parts.string(), "--out", (folder / "set").string(), "--quiet"};
  const Outcome refused = recombine(merge);
  EXPECT_EQ(refused.code, kBadData);
  EXPECT_FALSE(fs::exists(folder / "set"));
  for (const int shard : killed)
    EXPECT_THAT(refused.error, HasSubstr(cat("shard ", shard, "/64: was not finished\n")));
  EXPECT_THAT(refused.error, HasSubstr("shard 33/64: is missing\n"));
  EXPECT_THAT(refused.error, HasSubstr("4 of 64 shards are missing or damaged"));
  EXPECT_EQ(std::ranges::count(refused.out, '\n'), 4);
  write_file(folder / "again.sh", refused.out);
  ASSERT_EQ(shell("sh -e " + (folder / "again.sh").string() + " >/dev/null 2>&1"), 0);
  const Outcome merged = recombine(merge);
  ASSERT_EQ(merged.code, kDone) << merged.error;
  ASSERT_EQ(recombine(generation({"--shards", "64", "--out", (folder / "one").string()})).code,
            kDone);
  expect_equal_sets(folder / "one", folder / "set");
  EXPECT_THAT(merged.out, HasSubstr(read_manifest(folder / "one").digest));
  // Grammars that two shards had were made anew, or this has tested little.
  int changed = 0;
  for (int shard = 0; shard < kAll; ++shard) {
    const std::string name = shard_file_name(shard, kAll);
    const fs::path part = fs::exists(parts / std::to_string(shard)) ? parts / std::to_string(shard)
                                                                    : parts / fs::path(name).stem();
    if (read_file(part / name) != read_file(folder / "set" / name)) ++changed;
  }
  EXPECT_GT(changed, 10);
}

TEST(Merge, IsWhatTheLocalRunnerEndsWith) {
  const TemporaryFolder folder;
  const fs::path out = folder / "run";
  const std::string runner = source_folder() + "/tools/cluster/local " + out.string() +
                             " 7 2 --episodes 700 --side 8 --certify=false >/dev/null 2>&1";
  ASSERT_EQ(shell(runner), 0);
  fs::remove_all(out / "parts/3");
  fs::remove_all(out / "set");
  ASSERT_EQ(shell(runner), 0) << "goes on where something is missing";
  ASSERT_EQ(recombine({"generate", "grids", "--episodes", "700", "--side", "8", "--shards", "7",
                       "--out", (folder / "one").string(), "--quiet"})
                .code,
            kDone);
  expect_equal_sets(folder / "one", out / "set");
}

TEST(Merge, PrintsCommandsThatAShellReads) {
  const TemporaryFolder folder;
  const auto part = [&](int shard) {
    return Words{"generate",
                 "grids",
                 "--episodes",
                 "64",
                 "--parameters",
                 "rotation.rotation_type=0|1,grow.direction=-x|+x",
                 "--certify",
                 "--certify-pairs",
                 "1",
                 "--shard",
                 std::to_string(shard) + "/2",
                 "--out",
                 (folder / ("it's " + std::to_string(shard))).string(),
                 "--quiet"};
  };
  for (const int shard : {0, 1}) ASSERT_EQ(recombine(part(shard)).code, kDone);
  const fs::path lost = folder / "it's 1" / shard_file_name(1, 2);
  const std::string bytes = read_file(lost);
  fs::rename(lost, lost.string() + ".part");
  const Outcome refused =
      recombine({"merge", folder.path().string(), "--out", (folder / "set").string(), "--quiet"});
  ASSERT_EQ(refused.code, kBadData);
  write_file(folder / "again.sh", refused.out);
  ASSERT_EQ(shell("sh -e " + (folder / "again.sh").string() + " >/dev/null"), 0) << refused.out;
  EXPECT_EQ(read_file(lost), bytes);
}

class MergePredictions : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"generate", "grids", "--episodes", "150", "--out", path("set")}).code, kDone);
    ASSERT_EQ(baseline("one.jsonl", {}).code, kDone);
    for (int part = 0; part < 4; ++part)
      ASSERT_EQ(baseline(file_of(part), {"--shard", std::to_string(part) + "/4"}).code, kDone);
  }

  static std::string file_of(int part) { return "p." + std::to_string(part) + ".jsonl"; }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  static Outcome run(const Words& words) { return recombine(joined(words, {"--quiet"})); }
  Outcome baseline(const std::string& out, const Words& more) const {
    return run(
        joined({"baseline", "random-rule", "--data", path("set"), "--out", path(out)}, more));
  }
  Words parts(const std::vector<int>& which) const {
    Words files;
    for (const int part : which) files.push_back(path(file_of(part)));
    return files;
  }
  Outcome merge(const Words& files) const {
    return run(joined(joined({"merge"}, files), {"--out", path("all.jsonl")}));
  }

  TemporaryFolder folder_;
};

TEST_F(MergePredictions, GivesTheBytesOfASingleRun) {
  const Outcome merged = merge(parts({2, 0, 3, 1}));
  ASSERT_EQ(merged.code, kDone) << merged.error;
  EXPECT_EQ(read_file(path("all.jsonl")), read_file(path("one.jsonl")));
  EXPECT_EQ(read_file(path("all.meta.json")), read_file(path("one.meta.json")));
}

TEST_F(MergePredictions, AreEvaluatedAsOne) {
  const auto report = [&](const Words& files, const std::string& out) {
    const Outcome outcome =
        run(joined(joined({"evaluate", "--data", path("set"), "--predictions"}, files),
                   {"--out", path(out), "--json"}));
    EXPECT_EQ(outcome.code, kDone) << outcome.error;
    return read_file(path(out));
  };
  EXPECT_EQ(report(parts({1, 0, 2, 3}), "parts.json"), report({path("one.jsonl")}, "one.json"));
}

TEST_F(MergePredictions, NameTheirMissingParts) {
  for (const Outcome& outcome :
       {merge(parts({3, 1})),
        run(joined({"evaluate", "--data", path("set"), "--predictions"}, parts({3, 1})))}) {
    EXPECT_EQ(outcome.code, kBadData);
    EXPECT_THAT(outcome.error, HasSubstr("p.1.jsonl: is part 1/4 of the answers; missing are 0/4, "
                                         "2/4: make them by the same command with --shard"));
  }
  EXPECT_FALSE(fs::exists(path("all.jsonl")));
}

TEST_F(MergePredictions, RefuseWhatIsCutOffTwiceThereOrOfAnother) {
  const std::string rows = read_file(path("p.2.jsonl"));
  write_file(path("p.2.jsonl"), rows.substr(0, rows.find('\n') + 1));
  EXPECT_THAT(merge(parts({0, 1, 2, 3})).error, HasSubstr("p.2.jsonl: has 1 answers of "));
  EXPECT_THAT(merge(parts({0, 0, 1})).error, HasSubstr("keep one"));
  ASSERT_EQ(baseline("p.5.jsonl", {"--seed", "9", "--shard", "2/4"}).code, kDone);
  EXPECT_THAT(merge(parts({0, 1, 3, 5})).error, HasSubstr("they differ in predictor/seed"));
  EXPECT_THAT(merge(joined(parts({0}), {path("set")})).error, HasSubstr("and not both"));
}

TEST(OneShard, CountsItsOwnItems) {
  const TemporaryFolder folder;
  const Outcome made = recombine({"generate", "grids", "--episodes", "40", "--shard", "1/2",
                                  "--out", (folder / "parts").string()});
  EXPECT_EQ(made.code, kDone);
  EXPECT_THAT(made.error, HasSubstr("generate 20/20 items"));
}

TEST(MergedSet, IsNoFile) {
  const TemporaryFolder folder;
  const auto make = [&](const Words& more) {
    return recombine(joined({"generate", "grids", "--episodes", "20", "--quiet", "--shard", "0/1",
                             "--out", (folder / "parts/0").string()},
                            more));
  };
  const Outcome other = make({"--shards", "3"});
  EXPECT_EQ(other.code, kWrongUse);
  EXPECT_THAT(other.error, HasSubstr("--shards 3: --shard 0/1 is one of 1"));
  fs::create_directories(folder / "parts");
  write_file(folder / "file", "mine");
  const Outcome merged = recombine({"merge", (folder / "parts").string(), "--out",
                                    (folder / "file").string(), "--force", "--quiet"});
  EXPECT_EQ(merged.code, kBadData);
  EXPECT_THAT(merged.error, HasSubstr("is a file, and a data set is a folder"));
  EXPECT_EQ(read_file(folder / "file"), "mine");
}

TEST_F(MergePredictions, AreNoMoreThanThereAreItems) {
  EXPECT_THAT(baseline("q.jsonl", {"--shard", "0/151"}).error,
              HasSubstr("--shard 0/151: the set has at most 150 parts"));
}

}  // namespace
}  // namespace recombine
