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

/// Indices of the episodes to look at: all, the first ones, or some spread evenly.
std::vector<std::size_t> episodes_to_check(std::size_t size, bool all, bool first);

/// Episodes are what the set's recipe gives.
std::string check_episodes(const EpisodeSet& set, const VerifyOptions& options);

/// The stored answers are among those that the independent solver gives: study pairs may leave
/// several. Of an import, episodes whose rules are not known need not be solved.
std::string check_answers(const EpisodeSet& set, const VerifyOptions& options);

/// Of a set whose recipe, or that of the set that it was split from, asks for certificates: the
/// solver finds one answer to every query, the recorded one. A split that shows fewer pairs than
/// are certified to do promises nothing.
std::string check_certificates(const EpisodeSet& set, const VerifyOptions& options);

/// Of a set whose recipe, or that of the set that it was split from, asks for twins: every episode
/// stands beside one with the same inputs, in which one rule is another and so is every answer.
std::string check_twins(const EpisodeSet& set);

/// split.json tells of the sets `names`: their counts and digests, unless they are imported.
std::string check_split_file(const std::filesystem::path& folder,
                             const std::vector<std::string>& names);

/// The sets `names` of a split share neither episodes nor, where they are held out, triplets.
std::string check_split(const std::filesystem::path& folder,
                        const std::vector<std::string>& names,
                        int threads = 1);

}  // namespace recombine
