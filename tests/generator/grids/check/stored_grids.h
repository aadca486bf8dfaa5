#pragma once
// Sets of grids on disk that a test makes, and makes again with a change.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/storage/codec.h"
#include "data/storage/dataset.h"
#include "data/storage/set_writer.h"
#include "generator/grids/search/grid_source.h"
#include "generator/writer/writer.h"

namespace recombine {

inline void write_grids(const std::filesystem::path& folder,
                        std::uint64_t episodes,
                        const std::string& stream,
                        const GridConfig& grids = {}) {
  GridRunConfig run;
  run.episodes = episodes;
  run.stream = stream;
  WriteOptions options;
  options.folder = folder;
  options.count = episodes;
  options.quiet = true;
  write_data_set(*make_grid_source(grids, run), options);
}

inline std::vector<Episode> stored_episodes(const std::filesystem::path& folder) {
  const EpisodeSet set(folder);
  return {set.begin(), set.end()};
}

/// A set with checksums and a digest of its own, whatever its recipe gives.
inline void write_set(const std::filesystem::path& folder,
                      const std::vector<Episode>& episodes,
                      const Json& recipe) {
  SetWriter writer(folder, "grids");
  for (const Episode& episode : episodes) writer.add(encode_episode(episode));
  writer.finish(recipe);
}

inline Json import_recipe() {
  return {{"family", "grids"}, {"import", {{"format", "jsonl"}, {"file", "episodes.jsonl"}}}};
}

/// Writes the set in the folder again, changed, with the recipe that it has.
inline void rewrite_set(const std::filesystem::path& folder,
                        const std::function<void(std::vector<Episode>&)>& change) {
  std::vector<Episode> episodes = stored_episodes(folder);
  const Json recipe = read_manifest(folder).recipe;
  change(episodes);
  std::filesystem::remove_all(folder);
  write_set(folder, episodes, recipe);
}

}  // namespace recombine
