#pragma once
// Numbers in seven bits a byte, the low ones first; a set high bit says that more follow.

#include <cstdint>
#include <string>
#include <string_view>

#include "data/error.h"

namespace recombine {

inline void put_varint(std::string& bytes, std::uint64_t value) {
  for (; value >= 0x80U; value >>= 7U) bytes += static_cast<char>((value & 0x7FU) | 0x80U);
  bytes += static_cast<char>(value);
}

/// Takes numbers from the front of a record. Throws DataError where it ends within one.
struct ByteReader {
  std::string_view bytes;

  std::uint32_t varint() {
    std::uint32_t value = 0;
    for (unsigned shift = 0; shift < 32; shift += 7) {
      require_data(!bytes.empty(), "record: ends too early");
      const auto byte = static_cast<std::uint8_t>(bytes.front());
      bytes.remove_prefix(1);
      value |= static_cast<std::uint32_t>(byte & 0x7FU) << shift;
      if (byte < 0x80U) return value;
    }
    throw DataError("record: a number is too long");
  }
};

}  // namespace recombine
