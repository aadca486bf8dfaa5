#include "data/storage/file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/error.h"
#include "tests/data/no_file_grows.h"
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

TEST(RefuseExistingFile, NamesWhatIsInTheWay) {
  const TemporaryFolder folder;
  write_file(folder / "a", "");
  const auto message = [&](const char* name, bool force) {
    return message_of<DataError>([&] { refuse_existing_file(folder / name, force); });
  };
  EXPECT_THAT(message("a", false), testing::HasSubstr("exists already"));
  EXPECT_THAT(message("none/b", true), testing::HasSubstr("there is no folder"));
  EXPECT_THAT(message("a/b", true), testing::HasSubstr("there is no folder"));
  EXPECT_THAT(message(".", true), testing::HasSubstr("is a folder"));
  EXPECT_NO_THROW(refuse_existing_file(folder / "a", true));
  EXPECT_NO_THROW(refuse_existing_file("b", false));
}

TEST(AtomicFile, ReportsADiskThatTakesNoMore) {
  const TemporaryFolder folder;
  const auto message = message_of<DataError>([&] {
    const NoFileGrows limit;
    AtomicFile file(folder / "full");
    file.write("bytes");
    file.commit();
  });
  EXPECT_THAT(message, testing::HasSubstr("full: cannot be written (File too large"));
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(AtomicFile, FollowsNoLinkThatHasTheNameOfItsPart) {
  const TemporaryFolder folder;
  write_file(folder / "other", "text");
  fs::create_symlink("other", folder / "a.part");
  EXPECT_THAT(message_of<DataError>([&] { write_file(folder / "a", "bytes"); }),
              testing::HasSubstr("a: cannot be written"));
  EXPECT_EQ(read_file(folder / "other"), "text");
}

TEST(AtomicFile, IsWrittenByOneAtATime) {
  const TemporaryFolder folder;
  {
    AtomicFile first(folder / "a");
    first.write("one");
    EXPECT_THAT(message_of<DataError>([&] { AtomicFile(folder / "a"); }),
                testing::HasSubstr("a: is being written by another process"));
    first.commit();
  }
  write_file(folder / "a", "two");
  EXPECT_EQ(read_file(folder / "a"), "two");
}

TEST(AtomicFile, LeavesNoPartWhereAFolderHasItsName) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "a");
  EXPECT_THROW(write_file(folder / "a", "text"), DataError);
  EXPECT_TRUE(fs::is_directory(folder / "a"));
  EXPECT_FALSE(fs::exists(folder / "a.part"));
}

TEST(AtomicFile, WritesToADeviceAndLeavesItOne) {
  const TemporaryFolder folder;
  fs::create_symlink("/dev/null", folder / "null");
  fs::create_symlink("null", folder / "link");
  write_file(folder / "link", "text");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_TRUE(fs::is_character_file(folder / "link"));
  EXPECT_FALSE(fs::exists(folder / "link.part"));
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  fs::create_symlink("/dev/full", folder / "full");
  EXPECT_THAT(message_of<DataError>([&] { write_file(folder / "full", "text"); }),
              testing::HasSubstr("full: cannot be written (No space left"));
}

TEST(AtomicFile, WritesIntoAPipe) {
  const TemporaryFolder folder;
  const std::string pipe = folder / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  ASSERT_GE(reader, 0);
  write_file(pipe, "text");
  std::string bytes(16, '\0');
  const ssize_t count = ::read(reader, bytes.data(), bytes.size());
  ::close(reader);
  ASSERT_EQ(count, 4);
  EXPECT_EQ(bytes.substr(0, 4), "text");
  EXPECT_TRUE(fs::is_fifo(pipe));
}

// As `--out /dev/stdout > file` does.
TEST(AtomicFile, GoesOnWhereANamedDescriptorStands) {
  if (!fs::exists("/proc/self/fd")) GTEST_SKIP() << "no /proc/self/fd here";
  const TemporaryFolder folder;
  const std::string log = folder / "log";
  const int descriptor = ::open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_GE(descriptor, 0);
  write_all(descriptor, "first ", log);
  fs::create_symlink("/proc/self/fd/" + std::to_string(descriptor), folder / "stdout");
  write_file(folder / "stdout", "second ");
  write_file("/proc/self/fd/" + std::to_string(descriptor), "third ");
  write_all(descriptor, "last", log);
  ::close(descriptor);
  EXPECT_EQ(read_file(log), "first second third last");
  EXPECT_TRUE(fs::is_symlink(folder / "stdout"));
}

TEST(AtomicFolder, RefusesAFolderInUse) {
  const TemporaryFolder folder;
  write_file(folder / "mine", "text");
  EXPECT_THROW(AtomicFolder(folder.path(), false), DataError);
}

TEST(AtomicFolder, ReplacesOnlyWhatIsOurs) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "set");
  AtomicFolder(folder / "set", false).commit();  // an empty one is nobody's
  write_file((folder / "set") / "diary.txt", "text");
  const auto message = message_of<DataError>([&] { AtomicFolder(folder / "set", true).commit(); });
  EXPECT_THAT(message, testing::HasSubstr("--force replaces"));
  EXPECT_EQ(read_file((folder / "set") / "diary.txt"), "text");
  for (const char* name : {"split.json", "run.json", "config.ini", "state.json"}) {
    write_file((folder / "set") / name, "{}");  // of another program
    EXPECT_THROW(AtomicFolder(folder / "set", true), DataError) << name;
  }
  write_file((folder / "set") / "split.json", R"({"schema": "recombine.split/1"})");
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
