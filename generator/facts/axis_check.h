#pragma once
// Whether the stored questions of a world with an axis are on the sides that it says.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "generator/facts/config.h"

namespace recombine {

/// Whether the fact (entity, relation) is one that no trained composition may have.
using IsHeldOut = std::function<bool(Token entity, Token relation)>;

/// Trained and ID questions are held out on no axis, OOD questions on every one; the two sets of
/// --axis mixed-hops say which fact is composed in training. Returns what it found; throws
/// DataError. Requires config.holds_out_by_axis().
std::string check_axis_sides(const std::filesystem::path& folder,
                             const std::vector<std::string>& names,
                             const FactConfig& config,
                             const IsHeldOut& is_ood);

}  // namespace recombine
