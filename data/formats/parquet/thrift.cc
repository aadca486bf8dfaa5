#include "data/formats/parquet/thrift.h"

#include <algorithm>

#include "data/storage/varint.h"

namespace recombine {
namespace {

/// Small numbers of either sign are short: 0, -1, 1, -2, ...
std::uint64_t zigzag(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return (bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0);
}

void put_binary(std::string& bytes, std::string_view value) {
  put_varint(bytes, value.size());
  bytes += value;
}

}  // namespace

void CompactStruct::begin(int field, Kind kind) {
  // Numbers rise by 1 to 15 in all structs of Parquet.
  bytes_ += static_cast<char>((static_cast<unsigned>(field - last_) << 4U) | kind);
  last_ = field;
}

void CompactStruct::begin_list(int field, Kind kind, std::size_t size) {
  constexpr std::size_t kLong = 15;
  begin(field, kList);
  bytes_ += static_cast<char>((std::min(size, kLong) << 4U) | kind);
  if (size >= kLong) put_varint(bytes_, size);
}

CompactStruct& CompactStruct::number(int field, Kind kind, std::int64_t value) {
  begin(field, kind);
  put_varint(bytes_, zigzag(value));
  return *this;
}

CompactStruct& CompactStruct::text(int field, std::string_view value) {
  begin(field, kBinary);
  put_binary(bytes_, value);
  return *this;
}

CompactStruct& CompactStruct::nested(int field, const CompactStruct& value) {
  begin(field, kStruct);
  bytes_ += value.bytes();
  return *this;
}

CompactStruct& CompactStruct::list(int field, std::span<const std::int32_t> values) {
  begin_list(field, kI32, values.size());
  for (const std::int32_t value : values) put_varint(bytes_, zigzag(value));
  return *this;
}

CompactStruct& CompactStruct::list(int field, std::span<const std::string> values) {
  begin_list(field, kBinary, values.size());
  for (const std::string& value : values) put_binary(bytes_, value);
  return *this;
}

CompactStruct& CompactStruct::list(int field, std::span<const CompactStruct> values) {
  begin_list(field, kStruct, values.size());
  for (const CompactStruct& value : values) bytes_ += value.bytes();
  return *this;
}

}  // namespace recombine
