#include "data/formats/import_set.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/codec.h"
#include "data/error.h"

namespace recombine {

ImportedSet::ImportedSet(const std::filesystem::path& folder, bool force)
    : folder_(folder, force), writer_(folder_.part(), "grids") {}

void ImportedSet::add(const Episode& episode) {
  require_file_name(episode.id);
  require_data(ids_.insert(episode.id).second, "id \"", episode.id, "\" appears twice");
  writer_.add(encode_episode(episode));
}

void ImportedSet::finish(const Json& recipe) {
  require_data(writer_.count() > 0, recipe["import"]["file"].get<std::string>(),
               ": holds no episode");
  writer_.finish(recipe);
  folder_.commit();
}

void require_file_name(std::string_view id) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  require_data(!id.empty() && id.front() != '.' && std::ranges::all_of(id, allowed), "id \"", id,
               "\" must be letters, digits, '.', '_' and '-', not beginning with a dot");
}

Json import_recipe(std::string_view format, const std::filesystem::path& source) {
  return {{"family", "grids"},
          {"import", {{"format", format}, {"file", source.filename().string()}}}};
}

}  // namespace recombine
