// What the published files call their items, and which of them they mark as noisy.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/formats/json_list.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "tests/data/facts_world.h"
#include "tests/data/formats/grokked_files.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

// Files of this project before it wrote the published names.
TEST(GrokkedNames, AreReadInOurOlderFilesToo) {
  const TemporaryFolder work;
  write_world(comparison_world(true), work / "world");
  export_world(work / "world", work / "files");
  export_world(work / "world", work / "older");
  for (const char* name : {"train.json", "test.json"}) {
    std::string text = read_file(work / "older" / name);
    replace_all(text, "train_inferred_topleft", "train_inferred");
    replace_all(text, "train_inferred_cross", "train_inferred_ood");
    write_file(work / "older" / name, text);
  }
  EXPECT_TRUE(import_world(work / "older", work / "again").empty());
  export_world(work / "again", work / "newer");
  for (const char* name : {"train.json", "test.json", "valid.json", "vocab.json"}) {
    EXPECT_EQ(read_file(work / "newer" / name), read_file(work / "files" / name)) << name;
  }
}

// The published generator leaves a false bridge in force for later questions, tests among them,
// and marks the question alone for which it was drawn.
TEST(GrokkedMarks, AreKeptWhereAnswersAreFalseWithoutOne) {
  const TemporaryFolder work;
  SmallWorld world = composition_world(true);
  for (const char* set : {"train", "train_inferred", "test_id"}) {
    for (FactItem& item : world.sets.at(set)) {
      if (item.prompt != 3 || item.tokens[0] % 2 == 0) continue;
      item.tokens[3] = (item.path[1] + 1) % 30;
      item.noisy = std::string(set) != "test_id" && item.tokens[2] % 3 == 0;
    }
  }
  write_world(world, work / "world");
  export_world(work / "world", work / "files");
  import_world(work / "files", work / "again");
  std::size_t unmarked = 0;
  for (const FactItem& item : FactSet(work / "again/test_id")) {
    EXPECT_FALSE(item.noisy) << item.id;
    unmarked += item.tokens[3] == item.path[1] ? 0 : 1;
  }
  EXPECT_GT(unmarked, 5U);
  export_world(work / "again", work / "files2");
  for (const char* name : {"train.json", "test.json", "valid.json"}) {
    EXPECT_EQ(read_file(work / "files2" / name), read_file(work / "files" / name)) << name;
  }
}

TEST(GrokkedMarks, AreWhatTheJobSaysWasDrawn) {
  const TemporaryFolder work;
  write_world(composition_world(true), work / "world");
  ExportJob job;
  job.folder = work / "world";
  job.out = work / "files";
  job.drawn = [](const FactItem& item) { return item.id == "e1.r1.r6"; };
  find_format("grokked").export_data(job);
  std::vector<std::string> marked;
  for_each_element(job.out / "train.json", [&](const Json& row, std::uint64_t) {
    if (row.value("train_noise", 0) == 1) marked.push_back(row["input_text"].get<std::string>());
  });
  EXPECT_EQ(marked, std::vector<std::string>{"<e_1><r_1><r_6>"});
}

}  // namespace
}  // namespace recombine
