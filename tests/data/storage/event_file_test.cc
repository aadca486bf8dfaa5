#include "data/storage/event_file.h"

#include <bit>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "data/error.h"
#include "data/storage/block.h"
#include "tests/data/storage/events.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

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
  EXPECT_EQ(wire_field(events[0], 3).bytes, "brain.Event:2");
  EXPECT_EQ(wire_field(events[1], 2).number, 300U);
  EXPECT_EQ(wire_field(wire_field(events[1], 7).bytes, 1).number, 1U);
}

TEST(EventFile, IsAsOpenToOthersAsTheUserWishes) {
  const TemporaryFolder folder;
  const mode_t before = umask(0002);
  const EventFile file(folder.path(), 0);
  umask(before);
  using std::filesystem::perms;
  const perms open = std::filesystem::status(file.path()).permissions();
  EXPECT_EQ(open, static_cast<perms>(0664));
}

TEST(EventFile, HoldsScalarsUnderStepAndTag) {
  const TemporaryFolder folder;
  EventFile file(folder.path(), 0);
  file.scalar(70000, "train/loss", 0.25);
  file.flush();
  const std::string event = read_events(file.path()).back();
  EXPECT_EQ(wire_field(event, 2).number, 70000U);
  const std::string value = wire_field(wire_field(event, 5).bytes, 1).bytes;
  EXPECT_EQ(wire_field(value, 1).bytes, "train/loss");
  EXPECT_EQ(std::bit_cast<float>(get_u32(wire_field(value, 2).bytes, 0)), 0.25F);
}

TEST(EventFile, HoldsPicturesWithTheirSize) {
  const TemporaryFolder folder;
  const Png picture{std::string("\x89PNG\0more", 9), 20, 300};
  EventFile file(folder.path(), 0);
  file.image(5, "answers", picture);
  file.flush();
  const std::string value =
      wire_field(wire_field(read_events(file.path()).back(), 5).bytes, 1).bytes;
  const std::string image = wire_field(value, 4).bytes;
  EXPECT_EQ(wire_field(image, 1).number, 20U);
  EXPECT_EQ(wire_field(image, 2).number, 300U);
  EXPECT_EQ(wire_field(image, 4).bytes, picture.bytes);
}

TEST(EventFile, HoldsTextsForTheTextPage) {
  const TemporaryFolder folder;
  EventFile file(folder.path(), 0);
  file.text(0, "config", "[train]");
  file.flush();
  const std::string value =
      wire_field(wire_field(read_events(file.path()).back(), 5).bytes, 1).bytes;
  EXPECT_EQ(wire_field(wire_field(wire_field(value, 9).bytes, 1).bytes, 1).bytes, "text");
  EXPECT_EQ(wire_field(wire_field(value, 8).bytes, 8).bytes, "[train]");
}

TEST(EventFile, HoldsHyperParametersWithTheirTypes) {
  const TemporaryFolder folder;
  EventFile file(folder.path(), 0);
  const std::vector<std::string> metrics = {"val_ood/exact"};
  file.hyper_parameters({{"train.lr", "0.5"}, {"train.mix", "plain"}, {"train.x", "true"}},
                        metrics);
  file.flush();
  const auto data = [&](const std::string& event) {
    const std::string value = wire_field(wire_field(event, 5).bytes, 1).bytes;
    const std::string plugin = wire_field(wire_field(value, 9).bytes, 1).bytes;
    EXPECT_EQ(wire_field(plugin, 1).bytes, "hparams");
    return wire_field(plugin, 2).bytes;
  };
  const auto events = read_events(file.path());
  ASSERT_EQ(events.size(), 4U);
  const std::string experiment = wire_field(data(events[2]), 2).bytes;
  EXPECT_EQ(wire_field(wire_field(wire_field(experiment, 5).bytes, 1).bytes, 2).bytes,
            "val_ood/exact");
  std::vector<std::uint64_t> types;
  for (const Wire& wire : wire_fields(experiment)) {
    if (wire.field == 4) types.push_back(wire_field(wire.bytes, 4).number);
  }
  EXPECT_EQ(types, (std::vector<std::uint64_t>{3, 1, 2})) << "a number, a text, a truth";
  const std::string session = wire_field(data(events[3]), 3).bytes;
  EXPECT_EQ(wire_field(wire_field(session, 1).bytes, 1).bytes, "train.lr");
}

TEST(IniValues, AreThoseOfTheSectionsWithoutComments) {
  const std::vector<std::string_view> sections = {"train", "model"};
  const NamedValues values = ini_values(
      "[model]\n# what it is\n; name = gpt\nname = fast\n\n[grids]\nside = 6\n[train]\nlr = 0.001  "
      "# rate\nx =\n",
      sections);
  EXPECT_EQ(values, (NamedValues{{"model.name", "fast"}, {"train.lr", "0.001"}, {"train.x", ""}}));
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
