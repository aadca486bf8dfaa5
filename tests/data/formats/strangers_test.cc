// Files as other people have them: the Hub's names, compressed, with stray files beside them.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "data/error.h"
#include "data/formats/arc/arc.h"
#include "data/formats/carc/carc.h"
#include "data/formats/format.h"
#include "data/formats/jsonl/jsonl.h"
#include "data/formats/split_names.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "tests/data/compressed.h"
#include "tests/data/formats/episode.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class Strangers : public testing::Test {
 protected:
  /// Imports `in` anew into the folder "set"; its notes are in notes_.
  void read_in(const std::string& format, const std::string& in) {
    fs::remove_all(folder_ / "set");
    notes_.clear();
    ImportJob job;
    job.in = folder_ / in;
    job.out = folder_ / "set";
    job.note = [&](const std::string& text) { notes_.push_back(text); };
    find_format(format).import_data(job);
  }
  std::string refusal(const std::string& format, const std::string& in) {
    return message_of<DataError>([&] { read_in(format, in); });
  }
  std::vector<std::string> ids(const std::string& set = "") const {
    std::vector<std::string> all;
    for (const Episode& episode : EpisodeSet(folder_ / "set" / set)) all.push_back(episode.id);
    return all;
  }
  void put(const std::string& name, const std::string& bytes) {
    fs::create_directories((folder_ / name).parent_path());
    write_file(folder_ / name, bytes);
  }

  TemporaryFolder folder_;
  std::vector<std::string> notes_;
};

std::string split_lines() { return read_file(golden_format("carc_split.jsonl")); }

TEST_F(Strangers, SplitOfTheHubIsRead) {
  const std::string lines = split_lines();
  put("split_seed_1870/train_systematicity.jsonl.gz", gzip_of(lines));
  put("split_seed_1870/val_systematicity.jsonl.gz", gzip_of(lines));
  put("split_seed_1870/test_systematicity.jsonl.gz", gzip_of(lines));
  put("split_seed_1870/._test_systematicity.jsonl.gz", "of a Mac");
  put("split_seed_1870/.ipynb_checkpoints/train_systematicity-checkpoint.jsonl", "");
  read_in("carc", "split_seed_1870");
  EXPECT_THAT(ids("train"), ElementsAre("train-e0", "train-e1"));
  EXPECT_THAT(ids("val_ood"), ElementsAre("val_ood-e0", "val_ood-e1"));
  EXPECT_THAT(ids("test_ood"), ElementsAre("test_ood-e0", "test_ood-e1"));
  EXPECT_EQ(split_seed(folder_ / "set"), 1870U) << "of the folder's name";
  ExportJob job;
  job.folder = folder_ / "set";
  job.out = folder_ / "out";
  find_format("carc").export_data(job);
  EXPECT_EQ(read_file(folder_ / "out/val_systematicity_seed_1870.jsonl"), lines);
}

TEST_F(Strangers, SplitWithoutASeedGoesInAndOut) {
  const std::string lines = split_lines();
  put("mine/train_systematicity.jsonl", lines);
  put("mine/test_systematicity.jsonl.zst", zstd_of(lines));
  read_in("carc", "mine/");
  EXPECT_EQ(split_seed(folder_ / "set"), std::nullopt);
  ExportJob job;
  job.folder = folder_ / "set";
  job.out = folder_ / "out";
  find_format("carc").export_data(job);
  EXPECT_EQ(read_file(folder_ / "out/train_systematicity.jsonl"), lines);
  EXPECT_EQ(read_file(folder_ / "out/test_systematicity.jsonl"), lines);
  EXPECT_FALSE(fs::exists(folder_ / "out/val_systematicity.jsonl"));
}

TEST_F(Strangers, SplitOfStaticDataHasTheHubsNamesToo) {
  const std::string lines = split_lines();
  put("split_seed_3/train_static_systematicity.jsonl.gz", gzip_of(lines));
  put("split_seed_3/test_static_systematicity_seed_3.jsonl", lines);
  read_in("carc", "split_seed_3");
  EXPECT_TRUE(is_static_split(folder_ / "set"));
  EXPECT_EQ(split_seed(folder_ / "set"), 3U);
}

TEST_F(Strangers, FolderOfSeveralSplitsIsRefused) {
  put("two/train_systematicity_seed_1.jsonl", split_lines());
  put("two/test_systematicity.jsonl", split_lines());
  EXPECT_THAT(refusal("carc", "two"), HasSubstr("split files of seeds 1 and none"));
  put("twice/train_systematicity.jsonl", split_lines());
  put("twice/train_systematicity.jsonl.gz", gzip_of(split_lines()));
  EXPECT_THAT(refusal("carc", "twice"), HasSubstr("two files of one set, train_systematicity.jsonl "
                                                  "and train_systematicity.jsonl.gz"));
  put("none/train_systematicity_seed_x.jsonl", split_lines());
  EXPECT_THAT(refusal("carc", "none"), HasSubstr("no {train,val,test}"));
}

TEST_F(Strangers, FileIsReadCompressedMarkedAndWithBlankLines) {
  const std::string lines = split_lines();
  const std::size_t first = lines.find('\n') + 1;
  const std::string spaced =
      "\xef\xbb\xbf\r\n" + lines.substr(0, first) + "\n   \r\n" + lines.substr(first) + "\n\n";
  std::string of_old_macs = lines;
  std::ranges::replace(of_old_macs, '\n', '\r');
  const auto records = [&] { return read_manifest(folder_ / "set").digest; };
  put("x.jsonl", lines);
  read_in("carc", "x.jsonl");
  const std::string digest = records();
  for (const std::string& bytes :
       {gzip_of(lines), zstd_of(lines), spaced, gzip_of(spaced), utf16_of(lines), of_old_macs}) {
    put("x.bin", bytes);
    read_in("carc", "x.bin");
    EXPECT_EQ(records(), digest);
  }
  std::string jsonl;
  append_jsonl_line(jsonl, full_episode());
  put("y.jsonl.gz", gzip_of("\n\xef\xbb\xbf" + jsonl + "\n"));
  read_in("jsonl", "y.jsonl.gz");
  EXPECT_EQ(EpisodeSet(folder_ / "set")[0], full_episode());
}

TEST_F(Strangers, LineIsNamedByItsPlaceInTheFile) {
  put("x.jsonl", "\n\n" + split_lines() + "\n{\"a\": 1}\n");
  EXPECT_THAT(refusal("carc", "x.jsonl"), HasSubstr("x.jsonl:6: "));
  const std::string gzip = gzip_of(split_lines());
  put("x.gz", gzip.substr(0, gzip.size() - 20));
  EXPECT_THAT(refusal("carc", "x.gz"), HasSubstr("x.gz: is cut off: its gzip data have no end"));
  EXPECT_FALSE(fs::exists(folder_ / "set"));
}

TEST_F(Strangers, ManyLinesComeInTheirOrderWhateverTheCores) {
  std::string lines;
  for (int i = 0; i < 3000; ++i) {
    Episode episode = small_episode();
    episode.queries[0].input(3, 0) = static_cast<Colour>(i % 10);
    episode.queries[0].input(3, 1) = static_cast<Colour>(i / 10 % 10);
    episode.queries[0].input(3, 2) = static_cast<Colour>(i / 100 % 10);
    append_carc_line(lines, episode, CarcForm::kGenerator);
  }
  put("x.jsonl", lines);
  read_in("carc", "x.jsonl");
  const EpisodeSet set(folder_ / "set");
  ASSERT_EQ(set.size(), 3000U);
  for (const std::size_t i : {0U, 1U, 999U, 1000U, 2468U, 2999U}) {
    EXPECT_EQ(set[i].id, cat("e", i));
    EXPECT_EQ(set[i].queries[0].input(3, 0), i % 10);
    EXPECT_EQ(set[i].queries[0].input(3, 2), i / 100 % 10);
  }
}

std::string task_of(const Episode& episode) { return arc_task(episode) + "\n"; }

TEST_F(Strangers, TasksComeInTheNaturalOrderOfTheirNames) {
  const std::string task = task_of(small_episode());
  for (const char* name : {"e10.json", "e9.json", "._e9.json", ".DS_Store", ".x.json", "README.md"})
    put(cat("tasks/", name), task);
  put("tasks/e1.json.gz", gzip_of(task));
  put("tasks/.ipynb_checkpoints/e9-checkpoint.json", task);
  read_in("arc", "tasks");
  EXPECT_THAT(ids(), ElementsAre("e1", "e9", "e10"));
  EXPECT_TRUE(notes_.empty());
  read_in("arc", "tasks/e10.json");
  EXPECT_THAT(ids(), ElementsAre("e10"));
  put("empty/.e1.json", task);
  EXPECT_THAT(refusal("arc", "empty"), HasSubstr("holds no <id>.json task"));
  EXPECT_THAT(refusal("arc", "none"), HasSubstr("is no folder"));
}

TEST_F(Strangers, ListOfPairsAsksItsLast) {
  Json pairs = Json::array();
  const Json task = Json::parse(arc_task(small_episode()));
  for (const Json& pair : task["train"]) pairs.push_back(pair);
  put("tasks/a.json", pairs.dump());
  put("tasks/b.json", Json::array({pairs[0]}).dump());
  read_in("arc", "tasks");
  const EpisodeSet set(folder_ / "set");
  ASSERT_EQ(set[0].study.size(), 5U);
  ASSERT_EQ(set[0].queries.size(), 1U);
  EXPECT_EQ(set[0].queries[0].output, small_episode().study[5].output);
  EXPECT_EQ(set[1].study.size(), 0U);
  put("tasks/c.json", "[]");
  EXPECT_THAT(refusal("arc", "tasks"), HasSubstr("c.json: is a list without a pair"));
  put("tasks/c.json", R"([{"input": [[1]]}])");
  EXPECT_THAT(refusal("arc", "tasks"), HasSubstr("c.json: no \"output\""));
}

TEST_F(Strangers, TasksWithoutOutputsAreQuestionsAlone) {
  const Episode episode = small_episode();
  put("tasks/a.json", arc_challenge(episode));
  put("tasks/b.json", R"({"train": [], "test": [{"input": [[1]], "output": null}]})");
  read_in("arc", "tasks");
  ASSERT_EQ(notes_.size(), 1U);
  EXPECT_THAT(notes_.front(), HasSubstr("imported as questions alone"));
  EXPECT_FALSE(has_answers(read_manifest(folder_ / "set")));
  const EpisodeSet set(folder_ / "set");
  EXPECT_EQ(set[0].queries[1].input, episode.queries[1].input);
  EXPECT_EQ(set[0].queries[1].output, Grid(4));
  ExportJob job;
  job.folder = folder_ / "set";
  job.out = folder_ / "out";
  find_format("arc").export_data(job);
  EXPECT_EQ(read_file(job.out / "a.json"), arc_challenge(episode) + "\n");
  job.out = folder_ / "lines.jsonl";
  for (const char* format : {"jsonl", "carc", "parquet"}) {
    job.out = folder_ / cat("lines.", format);
    EXPECT_THAT(message_of<DataError>([&] { find_format(format).export_data(job); }),
                HasSubstr("holds questions alone"))
        << format;
  }
  put("tasks/c.json", task_of(episode));
  EXPECT_THAT(refusal("arc", "tasks"),
              HasSubstr("c.json: has outputs of its test inputs, and tasks"));
  put("half/a.json",
      R"({"train": [], "test": [{"input": [[1]], "output": [[1]]}, {"input": [[1]]}]})");
  EXPECT_THAT(refusal("arc", "half"), HasSubstr("has outputs of 1 of its 2 test inputs"));
}

TEST_F(Strangers, FilesMayHaveNamesThatAreNoUtf8) {
  const std::string name = "daten_\xe9.jsonl";
  std::string line;
  append_jsonl_line(line, full_episode());
  put(name, line);
  read_in("jsonl", name);
  EXPECT_EQ(read_manifest(folder_ / "set").recipe.at("import").at("file"), "daten_\ufffd.jsonl");
}

TEST_F(Strangers, PipesAreRefusedWhereAFileIsReadTwice) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(refusal("jsonl", "pipe"), HasSubstr("pipe: is no file"));
}

TEST_F(Strangers, ChallengesWithoutSolutionsAreQuestionsAlone) {
  const std::string challenges = cat("{\"t9\": ", arc_challenge(small_episode()), "}");
  put("x_challenges.json.gz", gzip_of(challenges));
  read_in("arc-bundle", "x_challenges.json.gz");
  EXPECT_FALSE(has_answers(read_manifest(folder_ / "set")));
  ExportJob job;
  job.folder = folder_ / "set";
  job.out = folder_ / "out";
  find_format("arc-bundle").export_data(job);
  EXPECT_EQ(read_file(job.out / "tasks_challenges.json"), challenges + "\n");
  EXPECT_FALSE(fs::exists(job.out / "tasks_solutions.json"));
  put("x_solutions.json.zst",
      zstd_of(cat("\xef\xbb\xbf{\"t9\": ", arc_solution(small_episode()), "}")));
  read_in("arc-bundle", "x_challenges.json.gz");
  EXPECT_TRUE(has_answers(read_manifest(folder_ / "set")));
  EXPECT_EQ(EpisodeSet(folder_ / "set")[0].queries[1].output, small_episode().queries[1].output);
}

TEST_F(Strangers, FolderOfSetsHasNoHiddenOnes) {
  put("x.jsonl", split_lines());
  read_in("carc", "x.jsonl");
  fs::create_directories(folder_ / "split");
  for (const char* name : {"train", ".train", "._train"})
    fs::copy(folder_ / "set", folder_ / "split" / name, fs::copy_options::recursive);
  EXPECT_THAT(data_set_names(folder_ / "split"), ElementsAre("train"));
}

}  // namespace
}  // namespace recombine
