#include "data/storage/writer_lock.h"

#include <array>
#include <csignal>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/shard.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// A process that holds the lock of a folder until it is killed.
class OtherWriter {
 public:
  explicit OtherWriter(const fs::path& folder) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    process_ = ::fork();
    if (process_ == 0) {
      const WriterLock lock(folder / kWriterFile, folder);
      [[maybe_unused]] const ssize_t told = ::write(ends[1], "x", 1);
      while (true) ::pause();
    }
    char sign = 0;
    EXPECT_EQ(::read(ends[0], &sign, 1), 1);
    for (const int end : ends) ::close(end);
  }
  ~OtherWriter() { kill(); }
  OtherWriter(const OtherWriter&) = delete;
  OtherWriter& operator=(const OtherWriter&) = delete;

  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }
  pid_t process() const { return process_; }

 private:
  pid_t process_ = -1;
};

TEST(WriterLock, NamesHostAndProcessOfWhoHasIt) {
  const TemporaryFolder folder;
  const OtherWriter other(folder.path());
  std::array<char, 256> host{};
  ASSERT_EQ(::gethostname(host.data(), host.size() - 1), 0);
  const std::string owner =
      cat("is being written by process ", other.process(), " on host ", host.data());
  const auto take = [&] { WriterLock(folder / kWriterFile, folder.path()); };
  EXPECT_THAT(message_of<DataError>(take), HasSubstr(owner));
  EXPECT_THAT(message_of<DataError>([&] { refuse_written(folder.path()); }), HasSubstr(owner));
}

TEST(WriterLock, IsNotKeptByTheDead) {
  const TemporaryFolder folder;
  OtherWriter other(folder.path());
  EXPECT_TRUE(is_written(folder.path()));
  other.kill();
  EXPECT_TRUE(fs::exists(folder / kWriterFile)) << "what the dead one left";
  EXPECT_FALSE(is_written(folder.path()));
  { const WriterLock lock(folder / kWriterFile, folder.path()); }
  EXPECT_FALSE(fs::exists(folder / kWriterFile));
}

TEST(WriterLock, IsHeldWithinAProcessToo) {
  const TemporaryFolder folder;
  const WriterLock lock(folder / kWriterFile, folder.path());
  EXPECT_THROW(WriterLock(folder / kWriterFile, folder.path()), DataError);
}

TEST(WriterLock, IsNoneWhereNothingCanBeWritten) {
  const WriterLock lock("/proc/no/such/.writer", "/proc/no/such");
  EXPECT_FALSE(is_written("/proc/no/such"));
}

TEST(AtomicFolder, IsWrittenByOneAtATime) {
  const TemporaryFolder folder;
  AtomicFolder first(folder / "set", false);
  write_file(first.part() / "manifest.json", "{}");
  EXPECT_THAT(message_of<DataError>([&] { AtomicFolder(folder / "set", false); }),
              HasSubstr("set: is being written by process "));
  first.commit();
  EXPECT_EQ(read_file(folder / "set/manifest.json"), "{}");
  EXPECT_FALSE(fs::exists(folder / "set" / kWriterFile));
}

TEST(AtomicFolder, TakesOverWhatADeadOneLeft) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "set.part/train");
  write_file(folder / "set.part/train/old", "text");
  {
    OtherWriter other(folder / "set.part");
    EXPECT_THROW(AtomicFolder(folder / "set", false), DataError);
    EXPECT_TRUE(fs::exists(folder / "set.part/train/old")) << "the other one's";
  }
  AtomicFolder next(folder / "set", false);
  write_file(next.part() / "new", "text");
  next.commit();
  EXPECT_FALSE(fs::exists(folder / "set/train"));
  EXPECT_FALSE(fs::exists(folder / "set.part"));
}

TEST(AtomicFolder, ReplacesNothingThatIsBeingWritten) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "run");
  write_file(folder / "run/config.ini", "[model]\n# (default)\nwidth = 64\n");
  const OtherWriter other(folder / "run");
  EXPECT_THAT(message_of<DataError>([&] { make_new_folder(folder / "run", true); }),
              HasSubstr("run: is being written by process "));
  AtomicFolder next(folder / "run", true);
  EXPECT_THROW(next.commit(), DataError);
  EXPECT_TRUE(fs::exists(folder / "run/config.ini"));
}

TEST(ShardWriter, IsTheOnlyOneOfItsShard) {
  const TemporaryFolder folder;
  const fs::path file = folder / shard_file_name(0, 1);
  {
    ShardWriter first(file, 0);
    const auto resume = [&] { ShardWriter::resume(file, 0); };
    EXPECT_THAT(message_of<DataError>(resume), HasSubstr("is being written by process "));
    EXPECT_TRUE(is_written(folder.path()));
    first.finish();
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1) << "no lock stays";
}

}  // namespace
}  // namespace recombine
