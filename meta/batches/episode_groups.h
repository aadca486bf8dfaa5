#pragma once
// Sets whose episodes differ in side, or in what their study sets show.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "meta/batches/episode_tensors.h"

namespace recombine {

/// The episodes of a set, those of one layout together: of one side, with as many queries and as
/// many study pairs of each section.
struct EpisodeGroups {
  /// Where an episode of the set stands.
  struct Place {
    std::size_t group = 0;
    std::int64_t row = 0;
  };

  std::vector<EpisodeTensors> groups;  ///< in the order in which the set first has them
  std::vector<Place> places;           ///< [M]

  std::int64_t size() const { return static_cast<std::int64_t>(places.size()); }
  /// Of all episodes.
  std::uint64_t queries() const;
  EpisodeGroups to(torch::Device device) const;
  /// The same episodes, asked for their own study pairs.
  EpisodeGroups copies() const;
};

/// One group of them.
EpisodeGroups one_group(EpisodeTensors episodes);

/// As load_episodes(), which see, of sets whose episodes need not be equal.
EpisodeGroups load_groups(const EpisodeSet& set,
                          PartItems items,
                          bool with_spare,
                          PairOrder order = PairOrder::kAsStored,
                          const EpisodeVisit& visit = {});
/// Of the first `items` episodes (0: all).
EpisodeGroups load_groups(const EpisodeSet& set,
                          std::uint64_t items,
                          bool with_spare,
                          PairOrder order = PairOrder::kAsStored,
                          const EpisodeVisit& visit = {});

/// Throws DataError where the episodes at `where` show different study sets and the model needs all
/// of them alike.
void require_one_study(const ModelConfig& model,
                       const EpisodeGroups& episodes,
                       const std::string& where);

}  // namespace recombine
