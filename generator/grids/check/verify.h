#pragma once
// Independent checks of grids on disk. Each returns what it found and throws DataError where it
// fails.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "data/storage/dataset.h"
#include "generator/family.h"

namespace recombine {

/// How many episodes are looked at, unless all are wanted.
inline constexpr std::uint64_t kSampledEpisodes = 500;

/// Episodes are what the set's recipe gives.
std::string check_episodes(const EpisodeSet& set, const VerifyOptions& options);

/// The stored answers are among those that the independent solver gives: study pairs may leave
/// several. Of an import, episodes whose rules are not known need not be solved.
std::string check_answers(const EpisodeSet& set, const VerifyOptions& options);

/// split.json tells of the sets `names`: their counts and digests, unless they are imported.
std::string check_split_file(const std::filesystem::path& folder,
                             const std::vector<std::string>& names);

/// The sets `names` of a split share neither episodes nor, where they are held out, triplets.
std::string check_split(const std::filesystem::path& folder, const std::vector<std::string>& names);

}  // namespace recombine
