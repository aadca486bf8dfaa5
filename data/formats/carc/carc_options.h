#pragma once
// Recorded options as the published config files have them.

#include <string>

#include <nlohmann/json.hpp>

#include "data/json.h"

namespace recombine {

/// The value of a recorded option as JSON, or the published one.
Json carc_option(const Json& options, const char* name, const Json& published);

/// The value of a rule's parameter: 1, or "-x".
Json carc_value(const std::string& text);

}  // namespace recombine
