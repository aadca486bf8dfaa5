// Worlds of facts to and from the published files.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/formats/format.h"
#include "data/formats/json_list.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "tests/data/compressed.h"
#include "tests/data/facts_world.h"
#include "tests/data/formats/grokked_files.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::vector<std::string> types_in_order(const fs::path& file) {
  std::vector<std::string> types;
  for_each_element(
      file, [&](const Json& row, std::uint64_t) { types.push_back(row.value("type", "none")); });
  types.erase(std::unique(types.begin(), types.end()), types.end());
  return types;
}

struct Task {
  const char* name;
  SmallWorld world;
  std::vector<std::string> probe_types;
  std::vector<std::string> train_types;
};

std::vector<Task> tasks() {
  const std::vector<std::string> composition = {"id_atomic", "ood_atomic", "train_inferred",
                                                "test_inferred_iid", "test_inferred_ood"};
  return {{"chains", composition_world(true), composition, {"none"}},
          {"no chains", composition_world(false), composition, {"none"}},
          {"comparison",
           comparison_world(false),
           {"test_inferred_ood", "id_atomic", "ood_atomic", "test_inferred_iid", "train_inferred"},
           {"ood_atomic", "id_atomic"}},
          {"complex",
           comparison_world(true),
           {"test_inferred_ood", "id_atomic", "test_inferred_iid", "ood_atomic",
            "train_inferred_topleft", "train_inferred_cross", "test_hard"},
           {"id_atomic", "train_inferred_cross"}}};
}

TEST(GrokkedFolder, HasThePublishedFilesOfEveryTask) {
  const TemporaryFolder work;
  for (const auto& [name, world, probe_types, train_types] : tasks()) {
    const fs::path files = work / name;
    write_world(world, work / (std::string(name) + " world"));
    export_world(work / (std::string(name) + " world"), files);
    EXPECT_EQ(types_in_order(files / "test.json"), probe_types) << name;
    auto types = types_in_order(files / "train.json");
    types.resize(train_types.size());
    EXPECT_EQ(types, train_types) << name;
    const std::string tokens = read_file(files / "vocab.json");
    EXPECT_EQ(tokens.find("\"<b>\"") != std::string::npos, std::string(name) == "chains");
    EXPECT_EQ(fs::exists(files / "test_3hop_ood.json"), world.vocabulary.task == "composition");
  }
}

TEST(GrokkedFolder, IsSpacedAsPythonDoes) {
  const TemporaryFolder work;
  const SmallWorld world = composition_world(true);
  write_world(world, work / "world");
  export_world(work / "world", work / "files");
  const std::string train = read_file(work / "files/train.json");
  EXPECT_THAT(train, testing::StartsWith(
                         R"([{"input_text": "<e_0><r_1>", "target_text": "<e_0><r_1><e_14></a>"}, )"
                         R"({"input_text": "<e_0><r_2>", )"));
  EXPECT_THAT(train, testing::EndsWith("}]"));
  EXPECT_EQ(train.find('\n'), std::string::npos);
  EXPECT_EQ(Json::parse(train).size(), world.sets.at("train").size());
  EXPECT_EQ(Json::parse(read_file(work / "files/valid.json")).size(),
            world.sets.at("test_ood").size());
}

TEST(GrokkedFolder, ComesBackAsTheSameRecordsAndFiles) {
  const TemporaryFolder work;
  for (const auto& [name, world, probe_types, train_types] : tasks()) {
    const fs::path folder = work / name;
    write_world(world, folder / "world");
    export_world(folder / "world", folder / "files");
    EXPECT_TRUE(import_world(folder / "files", folder / "again").empty()) << name;
    for (const auto& [set, items] : world.sets) {
      if (set.starts_with("val")) continue;  // our own; the published files have no such set
      const FactSet read(folder / "again" / set);
      ASSERT_EQ(read.size(), items.size()) << name << set;
      for (std::size_t i = 0; i < items.size(); ++i) {
        FactItem item = items[i];
        if (name == std::string("no chains")) item.noisy = read[i].noisy;  // is not in the files
        ASSERT_EQ(read[i], item) << name << " " << set << " " << i;
      }
    }
    export_world(folder / "again", folder / "files2");
    for (const auto& entry : fs::directory_iterator(folder / "files")) {
      EXPECT_EQ(read_file(folder / "files2" / entry.path().filename()), read_file(entry.path()))
          << name << " " << entry.path();
    }
  }
}

TEST(GrokkedFolder, MayBeCompressedFileByFile) {
  const TemporaryFolder work;
  write_world(composition_world(true), work / "world");
  export_world(work / "world", work / "files");
  import_world(work / "files", work / "plain");
  for (const auto& entry : fs::directory_iterator(work / "files")) {
    write_file(entry.path().string() + ".gz", gzip_of(read_file(entry.path())));
    fs::remove(entry.path());
  }
  import_world(work / "files", work / "packed");
  EXPECT_EQ(data_set_names(work / "packed"), data_set_names(work / "plain"));
  for (const std::string& name : data_set_names(work / "plain"))
    EXPECT_EQ(FactSet(work / "packed" / name).manifest().digest,
              FactSet(work / "plain" / name).manifest().digest);
}

TEST(GrokkedFolder, SaysWhatItIsOnceImported) {
  const TemporaryFolder work;
  write_world(composition_world(true), work / "world");
  export_world(work / "world", work / "files");
  import_world(work.path() / "files/", work / "again");
  const Json world = Json::parse(read_file(work / "again/world.json"));
  EXPECT_EQ(world["schema"], "recombine.world/1");
  EXPECT_EQ(world["imported"], (Json{{"format", "grokked"}, {"folder", "files"}}));
  EXPECT_EQ(world["sets"]["test_ood"]["digest"], read_manifest(work / "again/test_ood").digest);
  EXPECT_EQ(world["sets"].size(), 8U);
}

TEST(GrokkedFolder, FindsNoiseWhereTheFileDoesNotSayIt) {
  const TemporaryFolder work;
  const SmallWorld world = composition_world(true);
  write_world(world, work / "world");
  export_world(work / "world", work / "files");
  std::string train = read_file(work / "files/train.json");
  replace_all(train, R"(, "train_noise": 0)", "");
  replace_all(train, R"(, "train_noise": 1)", "");
  write_file(work / "files/train.json", train);
  import_world(work / "files", work / "again");
  const FactSet read(work / "again/train");
  std::size_t noisy = 0;
  for (std::size_t i = 0; i < read.size(); ++i) {
    const FactItem item = read[i];
    const bool false_answer = item.tokens[item.tokens.size() - 2] != item.path.back();
    EXPECT_EQ(item.noisy, false_answer) << i;
    noisy += false_answer ? 1 : 0;
  }
  EXPECT_GT(noisy, 10U);
}

TEST(GrokkedFolder, SaysHowManyFactsAreCalledIdForWantOfAWord) {
  const TemporaryFolder work;
  SmallWorld world = composition_world(true);
  auto& train = world.sets["train"];
  const std::size_t atomic = world.sets["id_atomic"].size() + world.sets["ood_atomic"].size();
  train.resize(atomic);  // no longer fact is trained
  for (auto& [name, items] : world.sets) {
    if (name != "train" && name != "ood_atomic") items.clear();
  }
  write_world(world, work / "world");
  export_world(work / "world", work / "files");
  const auto notes = import_world(work / "files", work / "again");
  ASSERT_EQ(notes.size(), 1U);
  const std::size_t undecided = atomic - world.sets["ood_atomic"].size();
  EXPECT_THAT(notes.front(), HasSubstr(cat("train.json: ", undecided, " atomic facts")));
  EXPECT_EQ(FactSet(work / "again/train")[atomic - 1].type, FactType::kOodAtomic);
}

TEST(GrokkedFolder, SaysThatOtherValidItemsAreLeftOut) {
  const TemporaryFolder work;
  write_world(composition_world(true), work / "world");
  export_world(work / "world", work / "files");
  write_file(work / "files/valid.json", read_file(work / "files/train.json"));
  const auto notes = import_world(work / "files", work / "again");
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes.front(), HasSubstr("valid.json: "));
  EXPECT_THAT(notes.front(), HasSubstr("left out"));
}

class BadGrokkedFolder : public testing::Test {
 protected:
  void SetUp() override {
    write_world(composition_world(true), work_ / "world");
    export_world(work_ / "world", work_ / "files");
  }

  /// What importing says once `from`, in a file, was replaced by `to`.
  std::string error_after(const char* name, std::string_view from, std::string_view to) {
    const fs::path file = work_ / "files" / name;
    const std::string before = read_file(file);
    std::string text = before;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    write_file(file, text.replace(at, from.size(), to));
    std::string message =
        message_of<DataError>([&] { import_world(work_ / "files", work_ / "again"); });
    write_file(file, before);
    EXPECT_FALSE(fs::exists(work_ / "again"));
    EXPECT_FALSE(fs::exists(work_ / "again.part"));
    EXPECT_EQ(message.find('\n'), std::string::npos);
    return message;
  }

  TemporaryFolder work_;
};

TEST_F(BadGrokkedFolder, IsRefusedWithFileAndItem) {
  EXPECT_THAT(error_after("train.json", "<e_0><r_2>", "<e_0><x>"),
              HasSubstr("train.json: item 1: "));
  EXPECT_THAT(error_after("train.json", "<e_0><r_2>", "<e_0><r_1>"),
              HasSubstr("train.json: item 1: target_text must begin"));
  EXPECT_THAT(error_after("train.json", "\"train_noise\": 0", "\"train_noise\": \"no\""),
              HasSubstr("train_noise is \"no\"; must be a whole number from 0 to 1"));
  EXPECT_THAT(error_after("test.json", "\"type\"", "\"kind\""),
              HasSubstr("test.json: item 0: has no type"));
  EXPECT_THAT(
      error_after("test.json", "\"test_inferred_ood\"", "\"test_ood_3hop\""),
      HasSubstr(": type \"test_ood_3hop\" does not belong in test.json of the composition"));
  EXPECT_THAT(error_after("train.json", "\"train_noise\": 0", "\"type\": \"test_hard\""),
              HasSubstr(": type \"test_hard\" does not belong in train.json"));
  EXPECT_THAT(error_after("vocab.json", "\"<e_3>\"", "\"<e_4>\""),
              HasSubstr("vocab.json: item 4: \"<e_4>\" appears twice"));
  EXPECT_THAT(error_after("vocab.json", "\"<e_3>\"", "3"), HasSubstr("vocab.json: item 3: "));
  EXPECT_THAT(error_after("valid.json", "[", "{"), HasSubstr("valid.json: item 0: "));
}

TEST_F(BadGrokkedFolder, IsRefusedWhereAQuestionIsAskedTwice) {
  const std::string item = R"({"input_text": "<e_0><r_1>", "target_text": "<e_0><r_1><e_14></a>"})";
  EXPECT_THAT(error_after("train.json", item, item + ", " + item),
              HasSubstr("train.json: item 1: \"e0.r1\" is asked twice in train"));
}

TEST_F(BadGrokkedFolder, IsRefusedWhereOnlySomeAnswersAreChains) {
  const SmallWorld other = composition_world(false);
  write_world(other, work_ / "other");
  export_world(work_ / "other", work_ / "other files");
  write_file(work_ / "files/test.json", read_file(work_ / "other files/test.json"));
  EXPECT_THAT(message_of<DataError>([&] { import_world(work_ / "files", work_ / "again"); }),
              HasSubstr("without a chain of thought"));
}

TEST_F(BadGrokkedFolder, IsRefusedWhereItIsCutOffOrNoArray) {
  const fs::path train = work_ / "files/train.json";
  fs::resize_file(train, fs::file_size(train) - 30);
  EXPECT_THAT(message_of<DataError>([&] { import_world(work_ / "files", work_ / "again"); }),
              HasSubstr("may be cut off"));
  write_file(train, "{\"a\": 1}");
  EXPECT_THAT(message_of<DataError>([&] { import_world(work_ / "files", work_ / "again"); }),
              HasSubstr("train.json: item 0: is no JSON array"));
  write_file(train, "[]");
  EXPECT_THAT(message_of<DataError>([&] { import_world(work_ / "files", work_ / "again"); }),
              HasSubstr("train.json: holds no item"));
}

TEST(GrokkedFormat, IsForAWholeWorld) {
  const TemporaryFolder work;
  write_world(composition_world(true), work / "world");
  const auto error_for = [&](const fs::path& folder) {
    return message_of<DataError>([&] { export_world(folder, work / "out"); });
  };
  EXPECT_THAT(error_for(work / "world/train"), HasSubstr("for a world of facts"));
  fs::remove_all(work / "world/test_ood");
  EXPECT_THAT(error_for(work / "world"), HasSubstr("has no \"test_ood\""));
  write_world(comparison_world(false), work / "mixed");
  fs::remove_all(work / "mixed/train");
  fs::copy(work / "world/train", work / "mixed/train", fs::copy_options::recursive);
  EXPECT_THAT(error_for(work / "mixed"), HasSubstr("another vocabulary"));
  EXPECT_FALSE(fs::exists(work / "out"));
  EXPECT_FALSE(fs::exists(work / "out.part"));
}

}  // namespace
}  // namespace recombine
