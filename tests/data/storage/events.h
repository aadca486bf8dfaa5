#pragma once
// Reads TensorBoard's event files, without its package.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "data/storage/block.h"
#include "data/storage/event_file.h"
#include "data/storage/file.h"

namespace recombine {

/// A field of a message as the wire has it.
struct Wire {
  std::uint64_t field = 0;
  std::uint64_t number = 0;
  std::string bytes;
};

inline std::uint64_t take_varint(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; !bytes.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) break;
  }
  return value;
}

inline std::vector<Wire> wire_fields(std::string_view bytes) {
  std::vector<Wire> fields;
  while (!bytes.empty()) {
    const std::uint64_t key = take_varint(bytes);
    Wire wire{key >> 3U, 0, {}};
    const std::uint64_t kind = key & 7U;
    if (kind == 0) {
      wire.number = take_varint(bytes);
    } else {
      const std::size_t size = kind == 1 ? 8 : kind == 5 ? 4 : take_varint(bytes);
      wire.bytes = bytes.substr(0, size);
      bytes.remove_prefix(size);
    }
    fields.push_back(wire);
  }
  return fields;
}

inline Wire wire_field(std::string_view message, std::uint64_t field) {
  for (const Wire& wire : wire_fields(message)) {
    if (wire.field == field) return wire;
  }
  ADD_FAILURE() << "no field " << field;
  return {};
}

/// The whole events of a file, every length and checksum looked at.
inline std::vector<std::string> read_events(const std::filesystem::path& file) {
  const std::string bytes = read_file(file);
  std::vector<std::string> events;
  std::size_t at = 0;
  while (at + 12 <= bytes.size()) {
    const std::size_t size = get_u64(bytes, at);
    if (size + 16 > bytes.size() - at) break;  // of a file that is being written
    const std::string_view whole(bytes);
    EXPECT_EQ(get_u32(bytes, at + 8), masked_crc32c(whole.substr(at, 8)));
    const std::string_view event = whole.substr(at + 12, size);
    EXPECT_EQ(get_u32(bytes, at + 12 + size), masked_crc32c(event));
    events.emplace_back(event);
    at += size + 16;
  }
  return events;
}

}  // namespace recombine
