#include "data/formats/import_set.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/reading/text_encoding.h"

namespace recombine {

ImportedSet::ImportedSet(const std::filesystem::path& folder, bool force)
    : folder_(folder, force), writer_(folder_.part(), std::string(EpisodeRecords::kFamily)) {}

ImportedSet::ImportedSet(const std::filesystem::path& folder,
                         bool force,
                         const FactVocabulary& vocabulary)
    : folder_(folder, force),
      writer_(folder_.part(), std::string(FactRecords::kFamily), to_json(vocabulary)) {}

void ImportedSet::add(const Episode& episode) { add(episode.id, encode_episode(episode)); }

void ImportedSet::add(const FactItem& item) { add(item.id, encode_fact(item)); }

void ImportedSet::add(const std::string& id, std::string record) {
  require_file_name(id);
  require_data(ids_.insert(id).second, "id \"", id, "\" appears twice");
  writer_.add(std::move(record));
}

void ImportedSet::finish(const Json& recipe) {
  require_data(writer_.count() > 0, recipe["import"]["file"].get<std::string>(), ": holds no item");
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

Json import_recipe(std::string_view format,
                   const std::filesystem::path& source,
                   std::string_view family) {
  return {{"family", family}, {"import", {{"format", format}, {"file", name_of(source)}}}};
}

std::string name_of(const std::filesystem::path& source) {
  const auto name = (source.has_filename() ? source : source.parent_path()).filename().string();
  std::uint64_t replaced = 0;
  return valid_utf8(name, replaced);
}

}  // namespace recombine
