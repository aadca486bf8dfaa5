#pragma once
// Structs of Thrift's compact protocol, in which Parquet describes itself.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace recombine {

/// One struct: its fields by rising number, then bytes().
class CompactStruct {
 public:
  CompactStruct& i32(int field, std::int32_t value) { return number(field, kI32, value); }
  CompactStruct& i64(int field, std::int64_t value) { return number(field, kI64, value); }
  CompactStruct& text(int field, std::string_view value);
  CompactStruct& nested(int field, const CompactStruct& value);
  CompactStruct& list(int field, std::span<const std::int32_t> values);
  CompactStruct& list(int field, std::span<const std::string> values);
  CompactStruct& list(int field, std::span<const CompactStruct> values);

  /// With the mark of its end.
  std::string bytes() const { return bytes_ + '\0'; }

 private:
  enum Kind : std::uint8_t { kI32 = 5, kI64 = 6, kBinary = 8, kList = 9, kStruct = 12 };

  CompactStruct& number(int field, Kind kind, std::int64_t value);
  void begin(int field, Kind kind);
  void begin_list(int field, Kind kind, std::size_t size);

  std::string bytes_;
  int last_ = 0;  ///< field that was written last
};

}  // namespace recombine
