#pragma once
// Ceilings in reports.

#include <string>
#include <vector>

#include "data/json.h"
#include "eval/scoring/ceilings.h"

namespace recombine {

/// {"fixed": {"episodes", "ambiguous", "queries", "determined", "guessed", "exact"}, "any": {...}}
Json to_json(const std::vector<Ceiling>& ceilings);
/// The way back; throws Json::exception where it is none.
std::vector<Ceiling> ceilings_of(const Json& json);

/// What the text of a report says of them; "" where nothing is known.
std::string ceilings_text(const std::string& split, const std::vector<Ceiling>& ceilings);

}  // namespace recombine
