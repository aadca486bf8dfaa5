#include "data/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

TEST(AtomicFile, AppearsOnCommitAlone) {
  const TemporaryFolder folder;
  {
    AtomicFile file(folder / "a");
    file.write("half");
    EXPECT_FALSE(fs::exists(folder / "a"));
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
  AtomicFile file(folder / "a");
  file.write("whole");
  file.commit();
  EXPECT_EQ(read_file(folder / "a"), "whole");
  EXPECT_FALSE(fs::exists(folder / "a.part"));
}

TEST(AtomicFile, SaysWhereItCannotBeWritten) {
  const auto message = message_of<DataError>([] { AtomicFile("/proc/no/such/place"); });
  EXPECT_THAT(message, testing::HasSubstr("/proc/no/such/place: cannot be written"));
}

TEST(AtomicFile, ReportsAFullDisk) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const TemporaryFolder folder;
  fs::create_symlink("/dev/full", folder / "full.part");
  const auto message = message_of<DataError>([&] {
    AtomicFile file(folder / "full");
    file.write("bytes");
    file.commit();
  });
  EXPECT_THAT(message, testing::HasSubstr("No space left"));
  EXPECT_FALSE(fs::exists(folder / "full"));
}

TEST(AtomicFolder, RefusesAFolderInUse) {
  const TemporaryFolder folder;
  write_file(folder / "mine", "text");
  EXPECT_THROW(AtomicFolder(folder.path(), false), DataError);
}

TEST(AtomicFolder, ReplacesOnlyWhatIsOurs) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "set");
  write_file((folder / "set") / "diary.txt", "text");
  const auto message = message_of<DataError>([&] { AtomicFolder(folder / "set", true).commit(); });
  EXPECT_THAT(message, testing::HasSubstr("--force replaces"));
  EXPECT_EQ(read_file((folder / "set") / "diary.txt"), "text");
  write_file((folder / "set") / "split.json", "{}");
  AtomicFolder made(folder / "set", true);
  write_file(made.part() / "new", "text");
  made.commit();
  EXPECT_TRUE(fs::exists((folder / "set") / "new"));
  EXPECT_FALSE(fs::exists((folder / "set") / "diary.txt"));
}

TEST(AtomicFolder, LeavesNothingWithoutCommit) {
  const TemporaryFolder folder;
  { write_file(AtomicFolder(folder / "set", false).part() / "new", "text"); }
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace recombine
