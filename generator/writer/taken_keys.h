#pragma once
// Which keys of a data set are taken, and items whose keys nobody has.

#include <cstdint>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

#include "data/storage/hash.h"
#include "generator/writer/source.h"

namespace recombine {

/// Keys of all records so far, in order, each as 128 bits: of a thousand million different keys no
/// two are alike but with a chance of 10^-21. Thread-safe; a key that was taken stays so.
class TakenKeys {
 public:
  /// With room for that many keys: 20 bytes each. More may come.
  explicit TakenKeys(std::uint64_t expected = 0);

  /// False where the key was taken already. An empty key never is.
  bool take(const std::string& key);
  bool has(const std::string& key) const;

 private:
  std::size_t place_of(Hash128 hash) const;
  void grow(std::size_t places);

  mutable std::shared_mutex mutex_;
  std::vector<Hash128> places_;  ///< open addressing; {0, 0}: free
  std::size_t used_ = 0;
};

/// An item as far as it is made.
struct Candidate {
  Item item;
  int attempt = 0;  ///< that gave it
};

/// Makes the items from `index` on, as many as are made together (RecordSource::together), anew up
/// to the first attempt, from theirs on, of which no key is taken by now. Keys that are taken stay
/// so: what comes of it later is that of any other time. Throws InputError where there seems to be
/// none, Interrupted once a signal has come.
void skip_taken(RecordSource& source,
                const TakenKeys& taken,
                std::span<Candidate> unit,
                std::uint64_t index);

/// The same, and takes the keys. Called for one unit after another, in their order.
void make_unique(RecordSource& source,
                 TakenKeys& taken,
                 std::span<Candidate> unit,
                 std::uint64_t index);

/// Calls use(unit, index of its first) for the items from `first` on that are made together.
template <class Use>
void for_each_unit(const RecordSource& source,
                   std::span<Candidate> items,
                   std::uint64_t first,
                   const Use& use) {
  const auto together = static_cast<std::size_t>(source.together());
  for (std::size_t i = 0; i < items.size(); i += together)
    use(items.subspan(i, together), first + i);
}

/// The first item of a shard of a set of `count`: items that are made together are in one.
std::uint64_t first_of_shard(const RecordSource& source,
                             std::uint64_t count,
                             int shard,
                             int shards);

}  // namespace recombine
