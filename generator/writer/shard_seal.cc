#include "generator/writer/shard_seal.h"

#include <algorithm>

#include "data/error.h"
#include "data/json_words.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "data/storage/shard.h"
#include "data/version.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kSealSchema = "recombine.shard/1";

ShardSeal seal_of(const Json& json) {
  require_data(json.at("schema") == kSealSchema, "schema is ", json.at("schema").dump(), ", not \"",
               kSealSchema, "\"");
  const Json& tool = json.at("tool");
  return {{json.at("file").get<std::string>(), whole<std::uint64_t>(json.at("count")),
           whole<std::uint64_t>(json.at("bytes")), json.at("checksum").get<std::string>()},
          json.at("digest").get<std::string>(),
          json.at("recipe"),
          cat(tool.at("version").get<std::string>(), " (", tool.at("git").get<std::string>(), ")")};
}

void read_all_blocks(const ShardReader& reader) {
  for (std::size_t block = 0; block < reader.blocks(); ++block) {
    check_interrupted("run it again");
    reader.block(block);
  }
}

/// Throws DataError, whose text says what is wrong.
void require_sound(const fs::path& shard,
                   std::uint64_t first,
                   std::uint64_t count,
                   const Json& recipe) {
  const std::optional<ShardSeal> seal = read_seal(shard);
  if (seal) {
    require_data(seal->recipe == recipe, shard.string(), ": was made of other options");
    require_data(fs::file_size(shard) == seal->shard.bytes, shard.string(), ": has ",
                 fs::file_size(shard), " bytes of ", seal->shard.bytes);
    const std::string sum = "xxh3:" + hex(xxh3_file(shard));
    require_data(sum == seal->shard.checksum, shard.string(), ": is damaged (checksum differs)");
  }
  const ShardReader reader(shard);
  require_data(reader.count() == count && reader.first_index() == first, shard.string(), ": holds ",
               reader.count(), " records from ", reader.first_index(), " on, and not ", count,
               " from ", first, " on");
  if (!seal) read_all_blocks(reader);
}

}  // namespace

fs::path seal_file(const fs::path& shard) {
  fs::path file = shard;
  return file.replace_extension(".json");
}

void write_seal(const fs::path& shard, const ShardSeal& seal) {
  const Json json = {{"schema", kSealSchema},
                     {"file", seal.shard.file},
                     {"count", seal.shard.count},
                     {"bytes", seal.shard.bytes},
                     {"checksum", seal.shard.checksum},
                     {"digest", seal.digest},
                     {"recipe", seal.recipe},
                     {"tool", {{"version", version_text()}, {"git", git_revision()}}}};
  write_file(seal_file(shard), json.dump(2) + "\n");
}

std::optional<ShardSeal> read_seal(const fs::path& shard) {
  const fs::path file = seal_file(shard);
  if (!fs::exists(file)) return std::nullopt;
  const std::string text = read_file(file);
  try {
    return seal_of(parse_json(text));
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": does not describe a shard (", json_words(error), ")"));
  } catch (const DataError& error) {
    throw DataError(cat(file.string(), ": ", error.what()));
  }
}

std::string fault_of_shard(const fs::path& shard,
                           std::uint64_t first,
                           std::uint64_t count,
                           const Json& recipe) {
  try {
    require_sound(shard, first, count, recipe);
    return "";
  } catch (const DataError& error) {
    return error.what();
  }
}

}  // namespace recombine
