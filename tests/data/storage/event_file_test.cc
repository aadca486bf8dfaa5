#include "data/storage/event_file.h"

#include <algorithm>
#include <bit>
#include <vector>

#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/block.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

/// A field of a message as the wire has it.
struct Wire {
  std::uint64_t field = 0;
  std::uint64_t number = 0;
  std::string bytes;
};

std::uint64_t take_varint(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; !bytes.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) break;
  }
  return value;
}

std::vector<Wire> parse(std::string_view bytes) {
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

Wire get(std::string_view message, std::uint64_t field) {
  for (const Wire& wire : parse(message)) {
    if (wire.field == field) return wire;
  }
  ADD_FAILURE() << "no field " << field;
  return {};
}

/// The events of a file, every length and checksum looked at.
std::vector<std::string> read_events(const std::filesystem::path& file) {
  const std::string bytes = read_file(file);
  std::vector<std::string> events;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t size = get_u64(bytes, at);
    const std::string_view whole(bytes);
    EXPECT_EQ(get_u32(bytes, at + 8), masked_crc32c(whole.substr(at, 8)));
    const std::string_view event = whole.substr(at + 12, size);
    EXPECT_EQ(get_u32(bytes, at + 12 + size), masked_crc32c(event));
    events.emplace_back(event);
    at += size + 16;
  }
  return events;
}

TEST(MaskedCrc32c, IsTheCastagnoliChecksumRotatedAndOffset) {
  // The check value of CRC-32C is E3069283 for these nine bytes.
  const std::uint32_t crc = 0xE3069283U;
  EXPECT_EQ(masked_crc32c("123456789"), ((crc >> 15U) | (crc << 17U)) + 0xA282EAD8U);
}

TEST(EventFile, BeginsWithItsVersionAndTheStepFromWhichItCounts) {
  const TemporaryFolder folder;
  const EventFile file(folder.path(), 300);
  const auto events = read_events(file.path());
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(get(events[0], 3).bytes, "brain.Event:2");
  EXPECT_EQ(get(events[1], 2).number, 300U);
  EXPECT_EQ(get(get(events[1], 7).bytes, 1).number, 1U);
}

TEST(EventFile, HoldsScalarsUnderStepAndTag) {
  const TemporaryFolder folder;
  EventFile file(folder.path(), 0);
  file.scalar(70000, "train/loss", 0.25);
  file.flush();
  const std::string event = read_events(file.path()).back();
  EXPECT_EQ(get(event, 2).number, 70000U);
  const std::string value = get(get(event, 5).bytes, 1).bytes;
  EXPECT_EQ(get(value, 1).bytes, "train/loss");
  EXPECT_EQ(std::bit_cast<float>(get_u32(get(value, 2).bytes, 0)), 0.25F);
}

TEST(EventFile, HoldsPicturesWithTheirSize) {
  const TemporaryFolder folder;
  const Png picture{std::string("\x89PNG\0more", 9), 20, 300};
  EventFile file(folder.path(), 0);
  file.image(5, "answers", picture);
  file.flush();
  const std::string value = get(get(read_events(file.path()).back(), 5).bytes, 1).bytes;
  const std::string image = get(value, 4).bytes;
  EXPECT_EQ(get(image, 1).number, 20U);
  EXPECT_EQ(get(image, 2).number, 300U);
  EXPECT_EQ(get(image, 4).bytes, picture.bytes);
}

TEST(EventFile, HoldsTextsForTheTextPage) {
  const TemporaryFolder folder;
  EventFile file(folder.path(), 0);
  file.text(0, "config", "[train]");
  file.flush();
  const std::string value = get(get(read_events(file.path()).back(), 5).bytes, 1).bytes;
  EXPECT_EQ(get(get(get(value, 9).bytes, 1).bytes, 1).bytes, "text");
  EXPECT_EQ(get(get(value, 8).bytes, 8).bytes, "[train]");
}

TEST(EventFile, IsCompleteOnceClosed) {
  const TemporaryFolder folder;
  std::filesystem::path path;
  {
    EventFile file(folder.path(), 0);
    file.scalar(1, "a", 1);
    file.scalar(2, "a", 2);
    path = file.path();
  }
  EXPECT_EQ(read_events(path).size(), 4U);
}

TEST(EventFile, NeverTakesTheNameOfAnotherInTheFolder) {
  const TemporaryFolder folder;
  const EventFile first(folder.path(), 0);
  const EventFile second(folder.path(), 0);
  EXPECT_NE(first.path(), second.path());
  EXPECT_EQ(first.path().filename().string().rfind("events.out.tfevents.", 0), 0U);
}

TEST(EventFile, NamesTheFileThatCannotBeMade) {
  try {
    const EventFile file("/proc/no-such-folder", 0);
    FAIL();
  } catch (const DataError& error) {
    EXPECT_NE(std::string(error.what()).find("/proc/no-such-folder/events.out"), std::string::npos);
  }
}

}  // namespace
}  // namespace recombine
