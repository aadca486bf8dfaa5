#include "data/formats/parquet/parquet.h"
#include "data/storage/block.h"

namespace recombine {
namespace {

constexpr std::string_view kMagic = "PAR1";

}  // namespace

ParquetWriter::ParquetWriter(OutputFile& file, std::span<const TableColumn> columns) : file_(file) {
  schema_.push_back(
      CompactStruct().text(4, "schema").i32(5, static_cast<std::int32_t>(columns.size())));
  for (const TableColumn& column : columns) {
    for (CompactStruct& element : schema_of(column)) schema_.push_back(std::move(element));
    buffers_.emplace_back(column);
  }
  write(kMagic);
}

void ParquetWriter::write(std::string_view bytes) {
  file_.write(bytes);
  offset_ += static_cast<std::int64_t>(bytes.size());
}

void ParquetWriter::end_row() {
  constexpr std::int64_t kMostRows = 50'000;
  constexpr std::size_t kMostValues = 2'000'000;  // of a column
  ++group_rows_;
  bool full = group_rows_ == kMostRows;
  for (const ColumnBuffer& buffer : buffers_) full = full || buffer.size() >= kMostValues;
  if (full) write_group();
}

void ParquetWriter::write_group() {
  if (group_rows_ == 0) return;
  std::vector<CompactStruct> chunks;
  std::int64_t raw = 0;
  for (ColumnBuffer& buffer : buffers_) {
    std::string bytes;
    chunks.push_back(buffer.write(bytes, offset_, raw));
    write(bytes);
  }
  groups_.push_back(CompactStruct().list(1, chunks).i64(2, raw).i64(3, group_rows_));
  rows_ += group_rows_;
  group_rows_ = 0;
}

void ParquetWriter::finish() {
  write_group();
  const std::string about = CompactStruct()
                                .i32(1, 1)
                                .list(2, schema_)
                                .i64(3, rows_)
                                .list(4, groups_)
                                .text(6, "recombine")
                                .bytes();
  std::string end = about;
  put_u32(end, static_cast<std::uint32_t>(about.size()));
  write(end);
  write(kMagic);
  file_.finish();
}

}  // namespace recombine
