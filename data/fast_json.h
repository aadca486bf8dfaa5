#pragma once
// JSON that is well-formed and usual, read several times as fast (simdjson).

#include <optional>
#include <string_view>

#include "data/json.h"

namespace recombine {

/// What Json::parse(text) gives. Nothing for texts that it does not read, and for those that two
/// readers may read differently (nested to kMaxJsonLevels, "-0", halves of pairs of UTF-16): ask
/// Json::parse then, which says what is wrong.
std::optional<Json> fast_json(std::string_view text);

}  // namespace recombine
