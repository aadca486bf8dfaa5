#include "data/formats/parquet/column.h"

#include <array>
#include <new>

#include <zstd.h>
#include <zstd_errors.h>

#include "data/error.h"
#include "data/storage/block.h"
#include "data/storage/varint.h"

namespace recombine {
namespace {

// Numbers of parquet.thrift.
enum Physical : std::int32_t { kBoolean = 0, kInt64 = 2, kByteArray = 6 };
enum Repetition : std::int32_t { kRequired = 0, kRepeated = 2 };
enum Converted : std::int32_t { kUtf8 = 0, kListOf = 3 };
enum Encoding : std::int32_t { kPlain = 0, kRunLength = 3, kDictionary = 8 };
enum PageKind : std::int32_t { kDataPage = 0, kDictionaryPage = 2 };
constexpr std::int32_t kZstd = 6;
constexpr std::int32_t kDigits = 10;
constexpr int kDigitBits = 4;

Physical physical_of(ColumnType type) {
  if (type == ColumnType::kTruth) return kBoolean;
  return type == ColumnType::kDigit ? kInt64 : kByteArray;
}

/// A group of the schema with one child.
CompactStruct schema_group(std::string_view name, Repetition repetition) {
  return CompactStruct().i32(3, repetition).text(4, name).i32(5, 1);
}

CompactStruct schema_leaf(std::string_view name, ColumnType type) {
  CompactStruct leaf;
  leaf.i32(1, physical_of(type)).i32(3, kRequired).text(4, name);
  if (type == ColumnType::kText) {
    leaf.i32(6, kUtf8).nested(10, CompactStruct().nested(1, {}));
  }
  return leaf;
}

/// Levels as runs of equal ones, after their length in bytes.
std::string level_runs(const std::string& levels) {
  std::string runs;
  for (std::size_t at = 0; at < levels.size();) {
    std::size_t end = levels.find_first_not_of(levels[at], at);
    if (end == std::string::npos) end = levels.size();
    put_varint(runs, (end - at) << 1U);
    runs += levels[at];
    at = end;
  }
  std::string text;
  put_u32(text, static_cast<std::uint32_t>(runs.size()));
  return text + runs;
}

/// Values of a byte each in so many bits, the first in the low ones, eight to a group.
std::string packed(const std::string& values, int bits) {
  std::string bytes;
  std::uint32_t word = 0;
  int held = 0;
  const std::size_t whole = (values.size() + 7) / 8 * 8;
  for (std::size_t i = 0; i < whole; ++i) {
    const auto value = i < values.size() ? static_cast<std::uint8_t>(values[i]) : std::uint8_t{0};
    word |= std::uint32_t{value} << static_cast<unsigned>(held);
    for (held += bits; held >= 8; held -= 8, word >>= 8U) bytes += static_cast<char>(word & 0xFFU);
  }
  return bytes;
}

std::string compressed(const std::string& raw) {
  constexpr int kLevel = 3;
  std::string bytes(ZSTD_compressBound(raw.size()), '\0');
  const std::size_t size =
      ZSTD_compress(bytes.data(), bytes.size(), raw.data(), raw.size(), kLevel);
  if (ZSTD_getErrorCode(size) == ZSTD_error_memory_allocation) throw std::bad_alloc();
  require_data(ZSTD_isError(size) == 0, "cannot be compressed");
  bytes.resize(size);
  return bytes;
}

/// Appends a page; returns its size before compression, header included.
std::int64_t add_page(std::string& bytes,
                      const std::string& page,
                      PageKind kind,
                      int field,
                      const CompactStruct& about) {
  const std::string stored = compressed(page);
  const std::string header = CompactStruct()
                                 .i32(1, kind)
                                 .i32(2, static_cast<std::int32_t>(page.size()))
                                 .i32(3, static_cast<std::int32_t>(stored.size()))
                                 .nested(field, about)
                                 .bytes();
  bytes += header + stored;
  return static_cast<std::int64_t>(header.size() + page.size());
}

}  // namespace

std::vector<CompactStruct> schema_of(const TableColumn& column) {
  std::vector<CompactStruct> elements;
  std::string_view name = column.name;
  for (int list = 0; list < column.lists; ++list) {
    elements.push_back(
        schema_group(name, kRequired).i32(6, kListOf).nested(10, CompactStruct().nested(3, {})));
    elements.push_back(schema_group("list", kRepeated));
    name = "element";
  }
  elements.push_back(schema_leaf(name, column.type));
  return elements;
}

void ColumnBuffer::add_levels(int repeated, int defined) {
  ++entries_;
  if (column_.lists == 0) return;
  repeated_ += static_cast<char>(repeated);
  defined_ += static_cast<char>(defined);
}

void ColumnBuffer::add_text(std::string_view value, int repeated) {
  add_levels(repeated, column_.lists);
  put_u32(plain_, static_cast<std::uint32_t>(value.size()));
  plain_ += value;
}

void ColumnBuffer::add_digit(int value, int repeated) {
  add_levels(repeated, column_.lists);
  plain_ += static_cast<char>(value);
}

void ColumnBuffer::add_truth(bool value) {
  add_levels(0, 0);
  plain_ += static_cast<char>(value ? 1 : 0);
}

std::string ColumnBuffer::values() const {
  if (column_.type == ColumnType::kText) return plain_;
  if (column_.type == ColumnType::kTruth) return packed(plain_, 1);
  std::string bytes(1, static_cast<char>(kDigitBits));
  if (plain_.empty()) return bytes;
  put_varint(bytes, ((plain_.size() + 7) / 8) << 1U | 1U);  // so many groups, packed
  return bytes + packed(plain_, kDigitBits);
}

std::string ColumnBuffer::page() const {
  if (column_.lists == 0) return values();
  return level_runs(repeated_) + level_runs(defined_) + values();
}

CompactStruct ColumnBuffer::write(std::string& bytes,
                                  std::int64_t offset,
                                  std::int64_t& raw_bytes) {
  const std::size_t begin = bytes.size();
  const bool digits = column_.type == ColumnType::kDigit;
  std::int64_t raw = 0;
  if (digits) {
    std::string dictionary;
    for (std::uint64_t digit = 0; digit < kDigits; ++digit) put_u64(dictionary, digit);
    raw += add_page(bytes, dictionary, kDictionaryPage, 7,
                    CompactStruct().i32(1, kDigits).i32(2, kPlain));
  }
  const auto entries = static_cast<std::int32_t>(entries_);
  const std::int64_t data_offset = offset + static_cast<std::int64_t>(bytes.size() - begin);
  raw += add_page(bytes, page(), kDataPage, 5,
                  CompactStruct()
                      .i32(1, entries)
                      .i32(2, digits ? kDictionary : kPlain)
                      .i32(3, kRunLength)
                      .i32(4, kRunLength));
  std::vector<std::string> path = {std::string(column_.name)};
  for (int list = 0; list < column_.lists; ++list) {
    path.emplace_back("list");
    path.emplace_back("element");
  }
  static constexpr std::array<std::int32_t, 3> kEncodings = {kPlain, kRunLength, kDictionary};
  CompactStruct meta;
  meta.i32(1, physical_of(column_.type))
      .list(2, std::span(kEncodings).first(digits ? 3U : 2U))
      .list(3, path)
      .i32(4, kZstd)
      .i64(5, entries)
      .i64(6, raw)
      .i64(7, static_cast<std::int64_t>(bytes.size() - begin))
      .i64(9, data_offset);
  if (digits) meta.i64(11, offset);
  raw_bytes += raw;
  *this = ColumnBuffer(column_);
  return CompactStruct().i64(2, offset).nested(3, meta);
}

}  // namespace recombine
