#include "generator/writer/recipe_text.h"

#include <nlohmann/json.hpp>

#include "data/error.h"

namespace recombine {

std::string recipe_text(const Json& recipe, const char* key) {
  const auto found = recipe.find(key);
  if (found == recipe.end()) return "";
  require_data(found->is_string(), "recipe: ", key, " must be a text");
  return found->get<std::string>();
}

void require_recipe(const Json& recipe) {
  require_data(recipe.is_object(), "recipe: is no JSON object");
  recipe_text(recipe, "digest");
}

}  // namespace recombine
