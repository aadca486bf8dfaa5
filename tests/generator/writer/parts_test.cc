// Shards that were made in folders of their own: found, checked, settled.

#include "generator/writer/parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/file.h"
#include "data/storage/shard.h"
#include "generator/writer/folder.h"
#include "generator/writer/settle.h"
#include "generator/writer/shard_seal.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/search/few_keys.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::uint64_t kItems = 690;  // of 701 keys: most are taken by an earlier shard
constexpr int kShards = 6;

/// Keys as FewKeys, of another program.
class OtherKeys : public FewKeys {
 public:
  Item make(std::uint64_t index, int attempt) override {
    Item item = FewKeys::make(index, attempt);
    item.record += "!";
    return item;
  }
};

class Parts : public testing::Test {
 protected:
  void SetUp() override {
    for (int shard = 0; shard < kShards; ++shard) make(source_, shard, part(shard));
  }

  fs::path part(int shard) const { return folder_ / ("part-" + std::to_string(shard)); }
  fs::path file(int shard) const { return part(shard) / shard_file_name(shard, kShards); }

  static void make(RecordSource& source, int shard, const fs::path& folder, bool resume = false) {
    WriteOptions options = options_of(folder, kItems, kShards);
    options.only_shard = shard;
    options.resume = resume;
    EXPECT_FALSE(write_data_set(source, options).has_value());
  }

  SetParts find() const {
    const fs::path all = folder_.path();
    return find_parts({&all, 1});
  }
  CheckedParts check() { return check_parts(find(), source_, 2, true); }

  TemporaryFolder folder_;
  FewKeys source_;
};

void damage(const fs::path& file) {
  std::string bytes = read_file(file);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write_file(file, bytes);
}

TEST_F(Parts, BecomeTheBytesOfASingleRun) {
  const TemporaryFolder whole;
  const Manifest manifest = *write_data_set(source_, options_of(whole / "a", kItems, kShards));
  const CheckedParts checked = check();
  ASSERT_THAT(checked.bad, IsEmpty());
  for (const int threads : {1, 3}) {
    const fs::path out = whole / std::to_string(threads);
    fs::create_directories(out);
    Sha256 digest;
    Progress progress("merge", "items", kItems, true);
    const auto shards =
        settle_shards(source_, checked.files, {out, kItems, threads}, digest, progress);
    EXPECT_EQ("sha256:" + digest.hex_digest(), manifest.digest);
    EXPECT_EQ(shards, manifest.shards);
    for (int shard = 0; shard < kShards; ++shard) {
      const std::string name = shard_file_name(shard, kShards);
      EXPECT_EQ(read_file(out / name), read_file(whole / "a" / name));
    }
  }
}

TEST_F(Parts, SayWhatIsMissingUnfinishedOrDamaged) {
  fs::remove_all(part(1));
  fs::rename(file(2), file(2).string() + ".part");
  damage(file(3));
  damage(file(4));
  fs::remove(seal_file(file(4)));
  write_file(file(5), read_file(file(5)).substr(0, 300));
  const CheckedParts checked = check();
  std::vector<int> shards;
  for (const BadShard& bad : checked.bad) shards.push_back(bad.shard);
  ASSERT_THAT(shards, ElementsAre(1, 2, 3, 4, 5));
  EXPECT_EQ(checked.bad[0].fault, "is missing");
  EXPECT_EQ(checked.bad[0].folder, folder_ / "shard-00001-of-00006");
  EXPECT_EQ(checked.bad[1].fault, "was not finished");
  EXPECT_EQ(checked.bad[1].folder, part(2));
  EXPECT_THAT(checked.bad[2].fault, HasSubstr("checksum differs"));
  EXPECT_THAT(checked.bad[3].fault, HasSubstr("block "));
  EXPECT_THAT(checked.bad[4].fault, HasSubstr("has 300 bytes of "));
}

TEST_F(Parts, AreMadeAgainWhereTheyAreResumed) {
  const std::string sound = read_file(file(3));
  damage(file(3));
  make(source_, 3, part(3), true);
  EXPECT_EQ(read_file(file(3)), sound);
  CountingKeys counting;
  make(counting, 3, part(3), true);
  EXPECT_EQ(counting.lowest(), CountingKeys::kNone) << "what is whole is not made again";
  EXPECT_THAT(check().bad, IsEmpty());
}

TEST_F(Parts, OfAnotherProgramAreNotTaken) {
  OtherKeys other;
  make(other, 2, part(2));
  const CheckedParts checked = check();
  ASSERT_EQ(checked.bad.size(), 1U);
  EXPECT_THAT(checked.bad[0].fault, HasSubstr("another program made it, "));
  EXPECT_TRUE(checked.bad[0].anew);
}

TEST_F(Parts, MayComeTwiceAndOneOfThemBeDamaged) {
  fs::copy(part(2), folder_ / "again");
  damage(folder_ / "again" / file(2).filename());
  EXPECT_THAT(check().bad, IsEmpty());
}

TEST_F(Parts, MayComeWithoutTheirSeals) {
  for (int shard = 0; shard < kShards; ++shard) fs::remove(seal_file(file(shard)));
  EXPECT_THAT(check().bad, IsEmpty());
}

TEST_F(Parts, OfOtherOptionsAreNamed) {
  const std::string recipe = read_file(part(1) / kRecipeFile);
  write_file(part(1) / kRecipeFile, std::string(recipe).replace(recipe.find("690"), 3, "689"));
  EXPECT_THAT(message_of<DataError>([&] { find(); }),
              HasSubstr("part-1: is part of another data set than " + part(0).string() +
                        ": count is 689, not 690"));
}

TEST_F(Parts, AreNoFinishedSetAndNoOtherFolder) {
  const TemporaryFolder other;
  const auto refusal = [](const fs::path& folder) {
    return message_of<DataError>([&] { find_parts({&folder, 1}); });
  };
  write_data_set(source_, options_of(other / "set", 10));
  EXPECT_THAT(refusal(other / "set"), HasSubstr("finished data set"));
  EXPECT_THAT(refusal(other / "none"), HasSubstr("no such folder"));
  EXPECT_THAT(refusal(other.path()), HasSubstr("holds no shards"));
  write_file(other / "split.json", "{}");
  EXPECT_THAT(refusal(other.path()), HasSubstr("it is a merged set that is split"));
}

}  // namespace
}  // namespace recombine
