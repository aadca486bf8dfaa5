#pragma once
// A data set on disk as a random-access range of episodes.

#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "data/episode.h"
#include "data/manifest.h"

namespace recombine {

class ShardReader;

/// The episodes of one folder. `for (const Episode& episode : dataset)` holds one at a time;
/// `dataset[i]` reads one by index. Every read is checked: a damaged file throws DataError, which
/// names file and block. Reading is const and thread-safe.
class EpisodeSet {
 public:
  /// Opens the folder's manifest and shards (their indices, not their records).
  /// Throws DataError where the folder is no data set of grids or a shard is missing or cut.
  explicit EpisodeSet(const std::filesystem::path& folder);

  std::size_t size() const { return static_cast<std::size_t>(manifest_.count); }
  bool empty() const { return size() == 0; }
  /// Requires index < size().
  Episode operator[](std::size_t index) const;
  const Manifest& manifest() const { return manifest_; }
  const std::filesystem::path& folder() const { return folder_; }

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::input_iterator_tag;
    using value_type = Episode;
    using difference_type = std::ptrdiff_t;
    using pointer = const Episode*;
    using reference = const Episode&;

    Iterator() = default;
    Iterator(const EpisodeSet* set, std::size_t index);
    const Episode& operator*() const { return episode_; }
    const Episode* operator->() const { return &episode_; }
    Iterator& operator++();
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }

   private:
    void load();

    const EpisodeSet* set_ = nullptr;
    std::size_t index_ = 0;
    Episode episode_;
  };

  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  std::filesystem::path folder_;
  Manifest manifest_;
  std::vector<std::shared_ptr<const ShardReader>> shards_;
  std::vector<std::uint64_t> first_;  ///< index of each shard's first record
};

static_assert(std::input_iterator<EpisodeSet::Iterator>);

/// The data sets under `folder`: itself as {""} where it has a manifest, else its sub-folders that
/// have one, by name in the order train, val_id, test_id, val_ood, test_ood, then the others.
/// Throws DataError where there is none.
std::vector<std::string> data_set_names(const std::filesystem::path& folder);

}  // namespace recombine
