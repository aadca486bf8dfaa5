#pragma once
// A page that is one file: it asks for nothing from anywhere.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/json.h"
#include "eval/tables/table.h"

namespace recombine {

/// What stands in the places {{name}} of a template: HTML.
using Slots = std::vector<std::pair<std::string_view, std::string>>;

/// The template with this name (assets.h), its places filled; what fills a place is not looked at
/// again. A mistake of the program where a place has no slot.
std::string filled(std::string_view name, const Slots& slots);

/// JSON that may stand within a <script>: no '<', and whatever is no UTF-8 replaced.
std::string script_json(const Json& json);

/// The page around `body`, which is HTML: `data` is what its scripts read, `scripts` are names of
/// assets.
std::string whole_page(std::string_view title,
                       std::string_view body,
                       const Json& data,
                       std::span<const std::string_view> scripts);

/// Tables behind a click, under a heading of text.
std::string folded_tables(std::string_view title, std::span<const Table> tables);

}  // namespace recombine
