#pragma once
// Independent checks of data on disk.

#include <filesystem>
#include <string>
#include <vector>

#include "generator/family.h"

namespace recombine {

struct Check {
  std::string name;
  bool ok = false;
  std::string detail;
};

/// Checks one data set, or every set of a split or a world and what they share: checksums, digest,
/// regeneration from the recipe, answers by the independent solver or by the facts that are stored,
/// overlap. Damage is a failed check; throws DataError only where there is no data set at all, and
/// Interrupted.
std::vector<Check> verify_folder(const std::filesystem::path& folder, const VerifyOptions& options);

}  // namespace recombine
