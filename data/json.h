#pragma once
// The JSON type of the project: keys keep the order in which they were written.

#include <nlohmann/json_fwd.hpp>

namespace recombine {

using Json = nlohmann::ordered_json;

}  // namespace recombine
