#include "generator/writer/taken_keys.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/shard.h"

namespace recombine {
namespace {

constexpr int kMaxAttempts = 10000;
constexpr std::size_t kFewestPlaces = 1024;
/// Room for more comes when it is needed: an --episodes that nobody waits for takes no memory.
constexpr std::uint64_t kMostAtOnce = std::uint64_t{1} << 24U;
constexpr Hash128 kFree{0, 0};

/// Four places of five may be used.
constexpr std::size_t places_for(std::uint64_t keys) {
  return static_cast<std::size_t>(keys + keys / 4 + 1);
}

Hash128 hash_of(const std::string& key) {
  const Hash128 hash = xxh3_128(key);
  return hash == kFree ? Hash128{1, 0} : hash;
}

/// hash.low, spread evenly over 0 .. places - 1.
std::size_t first_place(Hash128 hash, std::size_t places) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::size_t>((static_cast<Wide>(hash.low) * places) >> 64U);
}

}  // namespace

TakenKeys::TakenKeys(std::uint64_t expected)
    : places_(std::max(kFewestPlaces, places_for(std::min(expected, kMostAtOnce))), kFree) {}

std::size_t TakenKeys::place_of(Hash128 hash) const {
  std::size_t place = first_place(hash, places_.size());
  while (places_[place] != kFree && places_[place] != hash)
    place = place + 1 == places_.size() ? 0 : place + 1;
  return place;
}

void TakenKeys::grow(std::size_t places) {
  const std::vector<Hash128> old = std::exchange(places_, std::vector<Hash128>(places, kFree));
  for (const Hash128& hash : old) {
    if (hash != kFree) places_[place_of(hash)] = hash;
  }
}

bool TakenKeys::take(const std::string& key) {
  if (key.empty()) return true;
  const std::unique_lock lock(mutex_);
  if (places_for(used_ + 1) > places_.size()) grow(2 * places_.size());
  const Hash128 hash = hash_of(key);
  Hash128& place = places_[place_of(hash)];
  if (place == hash) return false;
  place = hash;
  ++used_;
  return true;
}

bool TakenKeys::has(const std::string& key) const {
  if (key.empty()) return false;
  const std::shared_lock lock(mutex_);
  return places_[place_of(hash_of(key))] != kFree;
}

void skip_taken(RecordSource& source,
                const TakenKeys& taken,
                std::span<Candidate> unit,
                std::uint64_t index) {
  const auto is_taken = [&](const Candidate& one) { return taken.has(one.item.key); };
  while (std::ranges::any_of(unit, is_taken)) {
    check_interrupted("the same command with --resume goes on");
    const int attempt = unit.front().attempt + 1;
    require(attempt < kMaxAttempts, "item ", index, ": its key was taken ", kMaxAttempts,
            " times; the options allow fewer different items than --episodes asks for");
    for (std::size_t i = 0; i < unit.size(); ++i)
      unit[i] = {source.make(index + i, attempt), attempt};
  }
}

void make_unique(RecordSource& source,
                 TakenKeys& taken,
                 std::span<Candidate> unit,
                 std::uint64_t index) {
  skip_taken(source, taken, unit, index);
  for (const Candidate& one : unit) taken.take(one.item.key);
}

std::uint64_t first_of_shard(const RecordSource& source,
                             std::uint64_t count,
                             int shard,
                             int shards) {
  return source.together() * shard_begin(count / source.together(), shard, shards);
}

}  // namespace recombine
