#pragma once
// A text with named places: "Here are {{count}} pairs".

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recombine {

/// What stands at each place, by its name.
using Places = std::vector<std::pair<std::string, std::string>>;

/// `text` with every {{name}} replaced. Throws InputError for a place that `places` does not have
/// (naming the nearest) and for one that is not closed.
std::string fill_template(std::string_view text, const Places& places);

/// Whether {{name}} stands in `text`.
bool has_place(std::string_view text, std::string_view name);

}  // namespace recombine
