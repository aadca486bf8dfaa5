#pragma once
// Where the records of a data set come from: what a task family gives to the writer.

#include <cstdint>
#include <string>

#include "data/json.h"

namespace recombine {

/// A record with what must be unique about it in a data set; an empty key is never refused.
struct Item {
  std::string record;
  std::string key;
};

class RecordSource {
 public:
  virtual ~RecordSource() = default;

  /// Item `index`; `attempt` counts how often its key was taken. Thread-safe unless in_order().
  virtual Item make(std::uint64_t index, int attempt) = 0;
  /// Whether items can only be made one after another, from 0, each once.
  virtual bool in_order() const { return false; }
  /// Items of so many successive indices are made of one attempt: where the key of one is taken,
  /// all are made anew. It divides the count of a set and kBlockRecords; shards hold them together.
  virtual std::uint64_t together() const { return 1; }
  /// The key of a record that make() gave.
  virtual std::string key_of(const std::string& record) const = 0;
  /// "grids" or "facts".
  virtual std::string family() const = 0;
  /// The recipe without its count.
  virtual Json recipe() const = 0;
};

}  // namespace recombine
