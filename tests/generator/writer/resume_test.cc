// --resume where there is nothing to go on with: the set is finished, or was only just begun.

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/shard.h"
#include "data/storage/writer_lock.h"
#include "generator/writer/shard_seal.h"
#include "generator/writer/writer.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/search/few_keys.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

TEST(ResumeFinished, IsLeftAsItIs) {
  const TemporaryFolder folder;
  FewKeys source;
  WriteOptions options = options_of(folder / "a", 690, 3);
  const std::string digest = write_data_set(source, options)->digest;
  options.resume = true;
  CountingKeys counting;
  EXPECT_EQ(write_data_set(counting, options)->digest, digest);
  EXPECT_EQ(counting.lowest(), CountingKeys::kNone);
  WriteOptions other = options_of(folder / "a", 689, 3);
  other.resume = true;
  EXPECT_THAT(message_of<DataError>([&] { write_data_set(source, other); }),
              HasSubstr("finished data set"));
}

TEST(ResumeFinished, SaysWhatIsDamaged) {
  const TemporaryFolder folder;
  FewKeys source;
  WriteOptions options = options_of(folder / "a", 690, 3);
  write_data_set(source, options);
  options.resume = true;
  const fs::path shard = options.folder / shard_file_name(1, 3);
  std::string bytes = read_file(shard);
  bytes[bytes.size() / 2] ^= 1;
  write_file(shard, bytes);
  EXPECT_THAT(message_of<DataError>([&] { write_data_set(source, options); }),
              AllOf(HasSubstr("checksum is"), HasSubstr("--force makes it anew")));
  fs::remove(shard);
  options.only_shard = 1;
  EXPECT_THAT(message_of<DataError>([&] { write_data_set(source, options); }),
              AllOf(HasSubstr("is missing"), HasSubstr("make its shards anew")));
  options.only_shard = 2;  // which is whole
  EXPECT_EQ(write_data_set(source, options)->count, 690U);
}

TEST(ResumeFinished, SealsAShardWhoseRunWasKilledBehindItsLastByte) {
  const TemporaryFolder folder;
  FewKeys source;
  WriteOptions options = options_of(folder / "a", 690, 3);
  options.only_shard = 1;
  write_data_set(source, options);
  const fs::path shard = options.folder / shard_file_name(1, 3);
  const std::string seal = read_file(seal_file(shard));
  const std::string bytes = read_file(shard);
  fs::remove(seal_file(shard));
  write_file(lock_beside(shard), "a dead one's\n");
  options.resume = true;
  write_data_set(source, options);
  EXPECT_EQ(read_file(seal_file(shard)), seal);
  EXPECT_EQ(read_file(shard), bytes);
  EXPECT_FALSE(fs::exists(lock_beside(shard)));
}

TEST(ResumeFinished, LeavesNothingWhereAResumedRunBeganAndCannotGetFurther) {
  const TemporaryFolder folder;
  FailingKeys<InputError> refusing(50);
  WriteOptions options = options_of(folder / "a", 600, 3);
  options.resume = true;
  EXPECT_THROW(write_data_set(refusing, options), InputError);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace recombine
