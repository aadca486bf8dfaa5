#pragma once
// What the Hub's library takes as the name of a split.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// A split's name for each data set, in their order, all different: the set's own where it is one
/// (words of ASCII letters, digits and '_' with dots between them, at most 100 characters, not
/// "all"), else the nearest that is. "" is a data set by itself: "train".
std::vector<std::string> hub_split_names(std::span<const std::string> sets);

/// The name as YAML reads it as text: "train", but "\"1\"" and "\"true\"" with their quotes.
std::string yaml_name(std::string_view name);

}  // namespace recombine
