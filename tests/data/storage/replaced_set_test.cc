// Readers while writers replace what they read, again and again: each reader sees one of the sets,
// whole, or is refused.

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/record_set.h"
#include "data/storage/set_writer.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

constexpr int kRecords = 200;
constexpr int kReplacements = 150;

/// A set of one letter: any two have files of the same sizes.
void write_letters(const fs::path& folder, char letter) {
  AtomicFolder out(folder, true);
  SetWriter writer(out.part(), "letters");
  for (int i = 0; i < kRecords; ++i) writer.add(std::string(40, letter));
  writer.finish({{"family", "letters"}, {"letter", std::string(1, letter)}});
  out.commit();
}

/// The letter of all records and of the manifest; 0 where they differ.
char letter_of(const fs::path& folder) {
  const RecordSet set(folder, "letters");
  const char letter = set.manifest().recipe["letter"].get<std::string>().front();
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (set.record(i) != std::string(40, letter)) return 0;
  }
  return set.size() == kRecords ? letter : '\0';
}

TEST(ReplacedSet, IsReadWholeOrRefused) {
  const TemporaryFolder folder;
  const fs::path set = folder / "set";
  write_letters(set, 'a');
  std::atomic<bool> done = false;
  std::atomic<int> whole = 0;
  std::atomic<int> mixed = 0;
  const auto read = [&] {
    while (!done) {
      try {
        (letter_of(set) == 0 ? mixed : whole) += 1;
      } catch (const DataError& error) {
        EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
      }
    }
  };
  std::vector<std::thread> readers;
  readers.reserve(3);
  for (int i = 0; i < 3; ++i) readers.emplace_back(read);
  for (int i = 0; i < kReplacements; ++i) write_letters(set, static_cast<char>('b' + i % 25));
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(mixed, 0);
  EXPECT_GT(whole, 0);
}

/// What was opened stays what it was, whatever comes to be under its name.
TEST(ReplacedSet, IsReadToItsEndByWhoOpenedIt) {
  const TemporaryFolder folder;
  write_letters(folder / "set", 'a');
  const RecordSet set(folder / "set", "letters");
  write_letters(folder / "set", 'b');
  for (std::size_t i = 0; i < set.size(); ++i) EXPECT_EQ(set.record(i), std::string(40, 'a'));
}

}  // namespace
}  // namespace recombine
