#pragma once
// What a split keeps together, and what it has no place for.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "data/storage/dataset.h"
#include "generator/grids/search/twin.h"
#include "generator/grids/split/split.h"

namespace recombine {

/// Calls use(index of the first, episodes) for what stays together: an episode, or two twins that
/// stand behind each other.
template <class Use>
void for_each_unit(const EpisodeSet& data, const Use& use) {
  std::vector<Episode> unit;
  std::uint64_t index = 0;
  const auto close = [&] {
    if (!unit.empty()) use(index, std::span<const Episode>(unit));
    index += unit.size();
    unit.clear();
  };
  for (const Episode& episode : data) {
    if (!unit.empty() && twin_id(unit.front().id) != episode.id) close();
    unit.push_back(episode);
    if (unit.size() == 2) close();
  }
  close();
}

/// Episodes that a split has no place for: it would leave them out without a word.
class Strays {
 public:
  void add(const Episode& episode);
  /// Throws DataError where some were added.
  void require_none(const EpisodeSet& data, const SplitConfig& config) const;

 private:
  std::uint64_t silent_ = 0;  ///< that do not say their rules
  std::uint64_t others_ = 0;
  std::string first_;
};

}  // namespace recombine
