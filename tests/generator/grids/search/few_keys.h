#pragma once
// Sources for tests of the writer, whose items need no generator.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <mutex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "generator/writer/source.h"
#include "generator/writer/writer.h"

namespace recombine {

/// 701 keys, half of which no item has at its first attempt: keys must be told apart across blocks,
/// shards and threads.
class FewKeys : public RecordSource {
 public:
  Item make(std::uint64_t index, int attempt) override {
    const std::string key =
        std::to_string((index * index * 7 + static_cast<std::uint64_t>(attempt) * 13) % 701);
    return {key + "#" + std::to_string(index) + "#" + std::to_string(attempt), key};
  }
  std::string key_of(const std::string& record) const override {
    return record.substr(0, record.find('#'));
  }
  std::string family() const override { return "test"; }
  Json recipe() const override { return {{"family", "test"}}; }
};

/// Remembers the first item that it was asked for.
class CountingKeys : public FewKeys {
 public:
  static constexpr std::uint64_t kNone = std::numeric_limits<std::uint64_t>::max();

  Item make(std::uint64_t index, int attempt) override {
    const std::scoped_lock lock(mutex_);
    lowest_ = std::min(lowest_, index);
    return FewKeys::make(index, attempt);
  }
  /// kNone where it was asked for none.
  std::uint64_t lowest() const { return lowest_; }

 private:
  std::mutex mutex_;
  std::uint64_t lowest_ = kNone;
};

/// Fails at one item, as a full disk does, or a person who interrupts.
template <class Error = DataError>
class FailingKeys : public FewKeys {
 public:
  explicit FailingKeys(std::uint64_t at) : at_(at) {}
  Item make(std::uint64_t index, int attempt) override {
    if (index == at_) throw Error("the disk is full");
    return FewKeys::make(index, attempt);
  }

 private:
  std::uint64_t at_;
};

/// A run of one thread has four blocks under way at most: where it fails at this item, blocks
/// before the item's are on disk.
inline constexpr std::uint64_t kLate = 500;
/// ... and so these items are.
inline constexpr std::uint64_t kStored = 256;

inline WriteOptions options_of(const std::filesystem::path& folder,
                               std::uint64_t count,
                               int shards = 1,
                               int threads = 1) {
  WriteOptions options;
  options.folder = folder;
  options.count = count;
  options.shards = shards;
  options.threads = threads;
  options.quiet = true;
  return options;
}

inline std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace recombine
