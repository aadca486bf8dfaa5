#pragma once
// A data set on disk as a random-access range of items.

#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>

#include "data/error.h"
#include "data/family.h"
#include "data/storage/codec.h"
#include "data/storage/fact_codec.h"
#include "data/storage/record_set.h"

namespace recombine {

/// How the records of a family become items.
struct EpisodeRecords {
  using Item = Episode;
  static constexpr std::string_view kFamily = kGrids.name;

  explicit EpisodeRecords(const Manifest&) {}
  Episode decode(std::string_view record) const { return decode_episode(record); }
};

struct FactRecords {
  using Item = FactItem;
  static constexpr std::string_view kFamily = kFacts.name;

  explicit FactRecords(const Manifest& manifest)
      : vocabulary(fact_vocabulary(manifest.vocabulary)) {}
  FactItem decode(std::string_view record) const { return decode_fact(record, vocabulary); }

  FactVocabulary vocabulary;
};

/// The items of one folder. `for (const Episode& episode : dataset)` holds one at a time;
/// `dataset[i]` reads one by index. Every read is checked: a damaged file throws DataError, which
/// names file and block. Reading is const and thread-safe.
template <class Records>
class DataSet {
 public:
  using Item = typename Records::Item;

  /// Throws DataError as RecordSet does.
  explicit DataSet(const std::filesystem::path& folder)
      : set_(folder, Records::kFamily), records_(set_.manifest()) {}

  std::size_t size() const { return set_.size(); }
  bool empty() const { return size() == 0; }
  const Manifest& manifest() const { return set_.manifest(); }
  const std::filesystem::path& folder() const { return set_.folder(); }
  /// What decoding needs to know: the vocabulary of facts.
  const Records& records() const { return records_; }

  /// Requires index < size().
  Item operator[](std::size_t index) const {
    const std::string_view record = set_.record(index);
    try {
      return records_.decode(record);
    } catch (const DataError& error) {
      throw DataError(cat(set_.place_of(index), " ", error.what()));
    }
  }

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::input_iterator_tag;
    using value_type = Item;
    using difference_type = std::ptrdiff_t;
    using pointer = const Item*;
    using reference = const Item&;

    Iterator() = default;
    Iterator(const DataSet* set, std::size_t index) : set_(set), index_(index) { load(); }
    const Item& operator*() const { return item_; }
    const Item* operator->() const { return &item_; }
    Iterator& operator++() {
      ++index_;
      load();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }

   private:
    void load() {
      if (set_ != nullptr && index_ < set_->size()) item_ = (*set_)[index_];
    }

    const DataSet* set_ = nullptr;
    std::size_t index_ = 0;
    Item item_;
  };

  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  RecordSet set_;
  Records records_;
};

using EpisodeSet = DataSet<EpisodeRecords>;
using FactSet = DataSet<FactRecords>;

static_assert(std::input_iterator<EpisodeSet::Iterator>);
static_assert(std::input_iterator<FactSet::Iterator>);

/// What use(EpisodeSet) or use(FactSet) gives for the data set in `folder`, whichever it is.
template <class Use>
auto open_set(const std::filesystem::path& folder, const Use& use) {
  if (read_manifest(folder).family == FactRecords::kFamily) return use(FactSet(folder));
  return use(EpisodeSet(folder));
}

}  // namespace recombine
