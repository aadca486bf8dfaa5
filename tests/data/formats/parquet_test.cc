// Parquet: the bytes of its parts, and what a file begins and ends with. That other programs read
// the files is tested in tests/python.

#include "data/formats/parquet/parquet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/block.h"
#include "data/storage/file.h"
#include "data/storage/set_writer.h"
#include "tests/data/facts_world.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

std::string bytes_of(std::initializer_list<int> values) {
  std::string bytes;
  for (const int value : values) bytes += static_cast<char>(value);
  return bytes;
}

TEST(CompactStruct, IsWrittenAsThriftDoes) {
  EXPECT_EQ(CompactStruct().bytes(), bytes_of({0}));
  EXPECT_EQ(CompactStruct().i32(1, -1).text(4, "a").bytes(),
            bytes_of({0x15, 0x01, 0x38, 0x01, 'a', 0}));
  EXPECT_EQ(CompactStruct().i64(2, 300).bytes(), bytes_of({0x26, 0xd8, 0x04, 0}));
  EXPECT_EQ(CompactStruct().nested(10, CompactStruct().nested(1, {})).bytes(),
            bytes_of({0xac, 0x1c, 0, 0, 0}));
  const std::vector<std::int32_t> few = {0, 3};
  EXPECT_EQ(CompactStruct().list(2, few).bytes(), bytes_of({0x29, 0x25, 0, 6, 0}));
  const std::vector<std::string> many(16, "");
  EXPECT_EQ(CompactStruct().list(3, many).bytes().substr(0, 3), bytes_of({0x39, 0xf8, 16}));
}

TEST(ParquetSchema, HasTwoElementsAList) {
  EXPECT_EQ(schema_of({"id"}).size(), 1U);
  EXPECT_EQ(schema_of({"study_roles", "", ColumnType::kText, 1}).size(), 3U);
  EXPECT_EQ(schema_of({"study_inputs", "", ColumnType::kDigit, 3}).size(), 7U);
}

std::string exported(const std::filesystem::path& folder, const std::filesystem::path& out) {
  ExportJob job;
  job.folder = folder;
  job.out = out;
  find_format("parquet").export_data(job);
  return read_file(out);
}

TEST(ParquetFile, SaysWhereItsDescriptionIs) {
  const TemporaryFolder work;
  write_world(composition_world(true), work / "world");
  SetWriter(work / "empty", "grids").finish({{"family", "grids"}});
  for (const char* set : {"world/train", "empty"}) {
    const std::string file = exported(work / set, work / "table.parquet");
    EXPECT_THAT(file, testing::StartsWith("PAR1"));
    EXPECT_THAT(file, testing::EndsWith("PAR1"));
    const std::uint32_t size = get_u32(file, file.size() - 8);
    ASSERT_LT(size + 12, file.size() + 1);
    EXPECT_EQ(file[file.size() - 8 - size], 0x15) << "version, the first field";
    EXPECT_EQ(file[file.size() - 9], 0) << "the end of the struct";
    std::filesystem::remove(work / "table.parquet");
  }
}

}  // namespace
}  // namespace recombine
