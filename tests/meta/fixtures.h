#pragma once
// Small data for the tests of training.

#include <filesystem>

#include <nlohmann/json.hpp>

#include "data/storage/codec.h"
#include "data/storage/dataset.h"
#include "data/storage/set_writer.h"
#include "generator/grids/config.h"
#include "generator/grids/split/split.h"
#include "meta/batches/episode_tensors.h"
#include "meta/batches/fresh_episodes.h"

namespace recombine {

inline GridConfig small_grids() {
  GridConfig grids;
  grids.side = 6;
  grids.study = 2;
  grids.queries = 3;
  grids.min_shape_size = 2;
  grids.max_shape_size = 3;
  grids.shape_box = 2;
  return grids;
}

/// Shows one pair of each study section and leaves one over.
inline SplitConfig small_split() {
  SplitConfig split;
  split.primitives = 1;
  split.compositions = 1;
  split.queries = 3;
  return split;
}

inline std::vector<Episode> small_episodes(int count, FreshUse use = FreshUse::kTrain) {
  const FreshEpisodes source({small_grids(), small_split()}, 7, use);
  std::vector<Episode> episodes;
  episodes.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) episodes.push_back(source.make(static_cast<std::uint64_t>(i)));
  return episodes;
}

inline EpisodeSet write_set(const std::filesystem::path& folder,
                            const std::vector<Episode>& episodes) {
  SetWriter writer(folder, "grids");
  for (const Episode& episode : episodes) writer.add(encode_episode(episode));
  writer.finish({{"family", "grids"}});
  return EpisodeSet(folder);
}

}  // namespace recombine
