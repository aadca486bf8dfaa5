#include "data/storage/manifest.h"

#include "data/error.h"
#include "data/json_words.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "data/storage/record_set.h"
#include "data/text.h"
#include "data/version.h"

namespace recombine {
namespace {

constexpr const char* kDataSetSchema = "recombine.dataset/1";

/// Shards lie in the folder itself: no manifest leads to files of another.
void require_plain_name(const std::string& file) {
  const bool plain = !file.empty() && file != "." && file != ".." &&
                     file.find_first_of(std::string_view("/\0", 2)) == std::string::npos;
  require_data(plain, "the shard '", file, "' is no file of the folder");
}

Manifest from_json(const Json& json) {
  require_data(json.at("schema") == kDataSetSchema, "schema is ", json.at("schema").dump(),
               ", not \"", kDataSetSchema, "\"");
  Manifest manifest;
  manifest.family = json.at("family").get<std::string>();
  manifest.count = whole<std::uint64_t>(json.at("count"));
  manifest.digest = json.at("digest").get<std::string>();
  manifest.recipe = json.at("recipe");
  manifest.vocabulary = json.value("vocabulary", Json());
  std::uint64_t total = 0;
  for (const Json& shard : json.at("shards")) {
    manifest.shards.push_back(
        {shard.at("file").get<std::string>(), whole<std::uint64_t>(shard.at("count")),
         whole<std::uint64_t>(shard.at("bytes")), shard.at("checksum").get<std::string>()});
    total += manifest.shards.back().count;
    require_plain_name(manifest.shards.back().file);
  }
  require_data(total == manifest.count, "the shards hold ", total, " records and not ",
               manifest.count);
  return manifest;
}

}  // namespace

bool has_answers(const Manifest& manifest) {
  const auto imported = manifest.recipe.find("import");
  const bool says = imported != manifest.recipe.end() && imported->is_object();
  return !says || imported->value("answers", true);
}

void require_answers(const Manifest& manifest, const std::filesystem::path& folder) {
  require_data(has_answers(manifest), folder.string(),
               ": holds questions alone, without answers: they were imported so");
}

Manifest read_manifest(const std::filesystem::path& folder) {
  const auto file = folder / kManifestFile;
  if (!std::filesystem::exists(file)) {
    throw DataError(cat(folder.string(), ": is not a data set; the data sets below it are ",
                        join_text(data_set_names(folder), ", ")));
  }
  const std::string text = read_file(file);
  try {
    return from_json(parse_json(text));
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": is not a manifest (", json_words(error), ")"));
  } catch (const DataError& error) {
    throw DataError(cat(file.string(), ": ", error.what()));
  }
}

void require_shard(const std::filesystem::path& folder, const ShardInfo& shard) {
  const std::filesystem::path file = folder / shard.file;
  require_data(std::filesystem::exists(file), file.string(), ": is missing");
  const std::uintmax_t bytes = std::filesystem::file_size(file);
  require_data(bytes == shard.bytes, file.string(), ": is cut off or changed (", bytes,
               " bytes; the manifest says ", shard.bytes, ")");
  const std::string sum = "xxh3:" + hex(xxh3_file(file));
  require_data(sum == shard.checksum, file.string(), ": checksum is ", sum, "; the manifest says ",
               shard.checksum);
}

void write_manifest(const std::filesystem::path& folder, const Manifest& manifest) {
  Json shards = Json::array();
  for (const ShardInfo& shard : manifest.shards) {
    shards.push_back({{"file", shard.file},
                      {"count", shard.count},
                      {"bytes", shard.bytes},
                      {"checksum", shard.checksum}});
  }
  Json json = {{"schema", kDataSetSchema},
               {"family", manifest.family},
               {"count", manifest.count},
               {"digest", manifest.digest},
               {"recipe", manifest.recipe},
               {"shards", shards},
               {"tool", {{"version", version_text()}, {"git", git_revision()}}}};
  if (!manifest.vocabulary.is_null()) json["vocabulary"] = manifest.vocabulary;
  write_file(folder / kManifestFile, json.dump(2) + "\n");
}

}  // namespace recombine
