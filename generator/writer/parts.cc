#include "generator/writer/parts.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json_words.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "data/storage/folder.h"
#include "data/storage/manifest.h"
#include "data/storage/shard.h"
#include "generator/writer/folder.h"
#include "generator/writer/in_order.h"
#include "generator/writer/shard_seal.h"
#include "generator/writer/taken_keys.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// Attempts that are made before a stored record is another program's: within its own shard a key
/// is rarely taken twice.
constexpr int kStoredAttempts = 1000;
constexpr int kMostShards = 100000;

bool is_part(const fs::path& folder) { return fs::exists(folder / kRecipeFile); }

/// The folder, or those below it, that hold parts. Empty ones, which killed runs leave, are none.
void add_part_folders(const fs::path& folder, std::vector<fs::path>& all) {
  require_data(fs::is_directory(folder), folder.string(),
               fs::exists(folder) ? ": is no folder" : ": no such folder");
  if (fs::exists(folder / kManifestFile)) {
    for (const ShardInfo& shard : read_manifest(folder).shards) require_shard(folder, shard);
    throw DataError(cat(folder.string(),
                        ": holds a finished data set, which needs no merging; it "
                        "can be copied as it is"));
  }
  if (is_part(folder)) {
    all.push_back(folder);
    return;
  }
  const std::vector<fs::path> entries = visible_entries(folder);
  const auto before = all.size();
  for (const fs::path& entry : entries) {
    if (is_part(entry)) all.push_back(entry);
  }
  for (const char* mark : {"split.json", "world.json"}) {
    require_data(!fs::exists(folder / mark), folder.string(), ": has a ", mark,
                 ": worlds are made at once, and it is a merged set that is split");
  }
  require_data(entries.empty() || all.size() > before, folder.string(),
               ": holds no shards that runs of --shard k/K made (no recipe.json in it or below)");
}

Json begun_in(const fs::path& folder) {
  const fs::path file = folder / kRecipeFile;
  try {
    Json begun = parse_json(read_file(file));
    whole_number(begun.at("count"), file.string() + ": count");
    const auto shards = whole_number(begun.at("shards"), file.string() + ": shards", kMostShards);
    require_data(shards >= 1, file.string(), ": says no number of shards");
    return begun;
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": does not say what was begun (", json_words(error), ")"));
  }
}

/// "options/side is 8, not 10"; the texts differ.
std::string difference(const Json& ours, const Json& theirs) {
  const Json change = Json::diff(theirs, ours).front();
  const auto place = change.at("path").get<std::string>();
  const Json::json_pointer pointer(place);
  const auto text = [&](const Json& json) {
    return json.contains(pointer) ? json.at(pointer).dump() : std::string("the default");
  };
  return cat(place.substr(1), " is ", text(ours), ", not ", text(theirs));
}

void add_shards_of(const fs::path& folder, std::vector<FoundShard>& shards) {
  const auto all = static_cast<int>(shards.size());
  for (int shard = 0; shard < all; ++shard) {
    const fs::path file = folder / shard_file_name(shard, all);
    FoundShard& found = shards[static_cast<std::size_t>(shard)];
    if (fs::exists(file)) {
      found.files.push_back(file);
    } else if (fs::exists(file.string() + ".part")) {
      found.unfinished.push_back(folder);
    }
  }
}

/// Whether `source` makes the record at one of its attempts.
bool makes(RecordSource& source, std::uint64_t index, const std::string& record) {
  for (int attempt = 0; attempt < kStoredAttempts; ++attempt) {
    check_interrupted("run it again");
    if (source.make(index, attempt).record == record) return true;
  }
  return false;
}

/// What is wrong with the ends of a sound shard; "" where nothing is.
std::string fault_of_ends(RecordSource& source, const fs::path& file) {
  const ShardReader reader(file);
  if (reader.blocks() == 0) return "";
  const std::uint64_t first = reader.first_index();
  const std::vector<std::string> last = reader.block(reader.blocks() - 1);
  if (makes(source, first, reader.block(0).front()) &&
      makes(source, first + reader.count() - 1, last.back())) {
    return "";
  }
  const auto seal = read_seal(file);
  return cat(file.string(), ": another program made it", seal ? ", " + seal->tool : "",
             ": this one makes other records of the same options");
}

class PartsCheck {
 public:
  PartsCheck(const SetParts& parts, RecordSource& source) : parts_(parts), source_(source) {}

  /// The shard's first sound file; otherwise `bad` is what is wrong.
  std::optional<fs::path> sound_file(int shard, BadShard& bad) const {
    const FoundShard& found = parts_.shards[static_cast<std::size_t>(shard)];
    const auto all = static_cast<int>(parts_.shards.size());
    const std::uint64_t first = first_of_shard(source_, parts_.count, shard, all);
    const std::uint64_t end = first_of_shard(source_, parts_.count, shard + 1, all);
    bad = {shard, "is missing", place_for(shard)};
    if (!found.unfinished.empty()) bad = {shard, "was not finished", found.unfinished.front()};
    for (const fs::path& file : found.files) {
      std::string fault = fault_of_shard(file, first, end - first, parts_.recipe);
      const bool sound = fault.empty();
      if (sound) fault = fault_of_ends(source_, file);
      if (fault.empty()) return file;
      bad = {shard, fault, file.parent_path(), sound};
    }
    return std::nullopt;
  }

 private:
  /// A folder of its own beside the others; the common one where there is one alone.
  fs::path place_for(int shard) const {
    if (parts_.folders.size() == 1) return parts_.folders.front();
    const auto all = static_cast<int>(parts_.shards.size());
    return parts_.folders.front().parent_path() / fs::path(shard_file_name(shard, all)).stem();
  }

  const SetParts& parts_;
  RecordSource& source_;
};

}  // namespace

SetParts find_parts(std::span<const fs::path> folders) {
  SetParts parts;
  for (const fs::path& folder : folders) add_part_folders(without_slash(folder), parts.folders);
  require_data(!parts.folders.empty(), folders.front().string(), ": is empty; nothing to merge");
  Json begun = begun_in(parts.folders.front());
  for (const fs::path& folder : parts.folders) {
    const Json other = begun_in(folder);
    require_data(other == begun, folder.string(), ": is part of another data set than ",
                 parts.folders.front().string(), ": ",
                 other == begun ? std::string() : difference(other, begun));
  }
  parts.count = whole<std::uint64_t>(begun.at("count"));
  parts.shards.resize(whole<std::uint64_t>(begun.at("shards")));
  begun.erase("shards");
  parts.recipe = std::move(begun);
  for (const fs::path& folder : parts.folders) add_shards_of(folder, parts.shards);
  return parts;
}

CheckedParts check_parts(const SetParts& parts, RecordSource& source, int threads, bool quiet) {
  const PartsCheck check(parts, source);
  CheckedParts checked;
  Progress progress("check", "shards", parts.shards.size(), quiet);
  run_in_order(parts.shards.size(), threads, [&](std::size_t number) {
    BadShard bad;
    const std::optional<fs::path> file = check.sound_file(static_cast<int>(number), bad);
    return [&checked, &progress, number, file, bad] {
      check_interrupted("run it again");
      if (file) {
        checked.files.push_back(*file);
      } else {
        checked.bad.push_back(bad);
      }
      progress.update(number + 1);
    };
  });
  progress.finish();
  return checked;
}

}  // namespace recombine
