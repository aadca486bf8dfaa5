#pragma once
// Independent checks of a data set of grids on disk.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace recombine {

struct Check {
  std::string name;
  bool ok = false;
  std::string detail;
};

struct VerifyOptions {
  bool all = false;  ///< every episode; otherwise kSampledEpisodes of them
  bool quiet = false;
};

inline constexpr std::uint64_t kSampledEpisodes = 500;

/// Checks one data set, or every set of a split and what they share: checksums, digest,
/// regeneration from the recipe, answers by the independent solver, overlap. Damage is a failed
/// check; throws DataError only where there is no data set at all.
std::vector<Check> verify_folder(const std::filesystem::path& folder, const VerifyOptions& options);

}  // namespace recombine
