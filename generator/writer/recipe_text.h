#pragma once
// Texts of a recipe, which anybody may have written.

#include <string>

#include "data/json.h"

namespace recombine {

/// What `recipe` has under `key`; "" where there is nothing. Throws DataError for no text.
std::string recipe_text(const Json& recipe, const char* key);

/// Throws DataError unless it is an object, and its digest, if it has one, a text.
void require_recipe(const Json& recipe);

}  // namespace recombine
