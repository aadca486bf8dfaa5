// What --force does to what is there: nothing, until the new set is whole.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "data/storage/shard.h"
#include "generator/writer/folder.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/search/few_keys.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class Replace : public testing::Test {
 protected:
  WriteOptions forced(const std::string& name, std::uint64_t count) const {
    WriteOptions options = options_of(folder_ / name, count);
    options.force = true;
    return options;
  }
  WriteOptions resumed(const std::string& name, std::uint64_t count) const {
    WriteOptions options = forced(name, count);
    options.resume = true;
    return options;
  }
  std::uint64_t count_of(const std::string& name) const {
    return read_manifest(folder_ / name).count;
  }

  TemporaryFolder folder_;
  FewKeys source_;
};

TEST_F(Replace, KeepsTheOldSetWhereTheNewOneFails) {
  write_data_set(source_, options_of(folder_ / "a", 100));
  FailingKeys failing(3);
  EXPECT_THROW(write_data_set(failing, forced("a", 600)), DataError);
  FailingKeys<InputError> refusing(kLate);
  EXPECT_THROW(write_data_set(refusing, forced("a", 600)), InputError);
  EXPECT_EQ(count_of("a"), 100U);
  EXPECT_THAT(names_in(folder_.path()), ElementsAre("a"));
}

TEST_F(Replace, GoesOnAfterAnInterruption) {
  const std::string digest = write_data_set(source_, options_of(folder_ / "a", 600))->digest;
  write_data_set(source_, options_of(folder_ / "b", 100));
  FailingKeys<Interrupted> interrupted(kLate);
  // "b/" is there already, "c" is not.
  for (const auto& [given, name] : {std::pair{"b/", "b"}, std::pair{"c", "c"}}) {
    EXPECT_THROW(write_data_set(interrupted, forced(given, 600)), Interrupted);
    EXPECT_EQ(fs::exists(folder_ / "b.part"), fs::exists(folder_ / name / kManifestFile));
    CountingKeys counting;
    EXPECT_EQ(write_data_set(counting, resumed(given, 600))->digest, digest) << name;
    EXPECT_GE(counting.lowest(), kStored) << name;
    EXPECT_EQ(count_of(name), 600U);
    EXPECT_THAT(names_in(folder_ / name), ElementsAre(kManifestFile, shard_file_name(0, 1)));
  }
  EXPECT_THAT(names_in(folder_.path()), ElementsAre("a", "b", "c"));
}

TEST_F(Replace, KeepsTheOldSetThroughAnInterruption) {
  write_data_set(source_, options_of(folder_ / "a", 100));
  FailingKeys<Interrupted> interrupted(kLate);
  EXPECT_THROW(write_data_set(interrupted, forced("a", 600)), Interrupted);
  EXPECT_EQ(count_of("a"), 100U);
  EXPECT_THAT(names_in(folder_.path()), ElementsAre("a", "a.part"));
  EXPECT_THAT(message_of<DataError>([&] { write_data_set(source_, resumed("a", 500)); }),
              HasSubstr("other options"));
  CountingKeys counting;
  EXPECT_EQ(write_data_set(counting, forced("a", 500))->count, 500U);
  EXPECT_EQ(counting.lowest(), 0U);
  EXPECT_THAT(names_in(folder_.path()), ElementsAre("a"));
}

TEST_F(Replace, TakesTheWholeOfASplit) {
  fs::create_directories(folder_ / "a/train");
  write_file(folder_ / "a/split.json", R"({"schema": "recombine.split/1"})");
  write_data_set(source_, forced("a", 100));
  EXPECT_THAT(names_in(folder_ / "a"), ElementsAre(kManifestFile, shard_file_name(0, 1)));
}

TEST_F(Replace, TakesNothingThatIsNotOurs) {
  CountingKeys counting;
  const auto refusal = [&](const WriteOptions& options) {
    return message_of<DataError>([&] { write_data_set(counting, options); });
  };
  for (const char* name : {"diary.txt", kRecipeFile}) {
    fs::create_directories(folder_ / "a");
    write_file(folder_ / "a" / name, "mine");
    write_file(folder_ / "a" / "zebra.txt", "mine");
    EXPECT_THAT(refusal(forced("a", 100)), HasSubstr("--force replaces")) << name;
    EXPECT_THAT(names_in(folder_ / "a"), ElementsAre(name, "zebra.txt"));
    fs::remove_all(folder_ / "a");
  }
  EXPECT_EQ(counting.lowest(), CountingKeys::kNone);
}

TEST_F(Replace, BeginsAnewWhereNothingWasFinished) {
  FailingKeys<Interrupted> interrupted(kLate);
  EXPECT_THROW(write_data_set(interrupted, options_of(folder_ / "a", 600)), Interrupted);
  EXPECT_EQ(write_data_set(source_, forced("a", 500))->count, 500U);
  EXPECT_THAT(names_in(folder_.path()), ElementsAre("a"));
}

TEST_F(Replace, TakesAFolderThatIsNamedFromWithin) {
  EXPECT_EQ(without_slash("out"), "out");
  EXPECT_EQ(without_slash("out/"), "out");
  write_data_set(source_, options_of(folder_ / "a", 100));
  EXPECT_EQ(without_slash(folder_ / "a/."), fs::canonical(folder_ / "a"));
  write_data_set(source_, forced("a/.", 200));
  EXPECT_EQ(count_of("a"), 200U);
  EXPECT_THAT(names_in(folder_.path()), ElementsAre("a"));
}

TEST_F(Replace, IsNotAdvisedToTheRunOfOneShard) {
  write_data_set(source_, options_of(folder_ / "a", 100));
  WriteOptions options = options_of(folder_ / "a", 100, 2);
  options.only_shard = 1;
  const auto refusal = [&] {
    return message_of<DataError>([&] { write_data_set(source_, options); });
  };
  EXPECT_THAT(refusal(), HasSubstr("or remove it first"));
  fs::remove(folder_ / "a" / kManifestFile);
  write_file(folder_ / "a" / kRecipeFile, "{}");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("other options"), HasSubstr("or remove it first")));
}

}  // namespace
}  // namespace recombine
