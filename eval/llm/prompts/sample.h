#pragma once
// Which items a limit keeps.

#include <cstdint>
#include <string>
#include <vector>

namespace recombine {

/// Indices of `limit` items (all where it is 0 or there are not more), in order. `strata` names
/// each item's group; every group keeps its share (largest remainders, ties by name), by lot.
std::vector<std::size_t> stratified_sample(const std::vector<std::string>& strata,
                                           std::size_t limit,
                                           std::uint64_t seed);

}  // namespace recombine
