#pragma once
// How often each value was seen.

#include <cstdint>
#include <map>
#include <string>

namespace recombine {

using CountTable = std::map<std::string, std::uint64_t>;

std::uint64_t sum_of(const CountTable& counts);

/// A blank line and aligned rows of value, count, and share of `whole` in per cent; `width` as
/// aligned_text() has it.
std::string count_table_text(const std::string& title,
                             const CountTable& counts,
                             std::uint64_t whole,
                             int width = 0);

}  // namespace recombine
