#pragma once
// Reading results that may lack anything.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "data/json.h"

namespace recombine {

/// What lies at `path` (keys, and indices such as "0"); null where there is nothing.
const Json& at_path(const Json& json, std::initializer_list<std::string_view> path);

/// A text, or the texts of a list of parts whose `type` is one of `types` (a part without a type
/// counts), joined; "" for anything else. Parts that are marked as thoughts are left out.
std::string text_of_parts(const Json& content, std::initializer_list<std::string_view> types);

/// A whole number that is not negative; 0 for anything else.
std::uint64_t count_of(const Json& json);

/// A text as it is, null as "", anything else as JSON.
std::string words_of(const Json& json);

}  // namespace recombine
