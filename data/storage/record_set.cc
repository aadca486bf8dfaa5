#include "data/storage/record_set.h"

#include <algorithm>
#include <array>

#include "data/error.h"
#include "data/set_names.h"
#include "data/storage/folder.h"
#include "data/storage/shard.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// The block that this thread read last: neighbours in a block cost one read.
struct BlockCache {
  const ShardReader* reader = nullptr;
  std::uint64_t serial = 0;
  std::size_t block = 0;
  std::vector<std::string> records;
};

thread_local BlockCache block_cache;  // NOLINT: a cache of one thread, keyed by the reader's serial

}  // namespace

RecordSet::RecordSet(const fs::path& folder, std::string_view family)
    : folder_(folder), manifest_(read_manifest(folder)) {
  require_data(manifest_.family == family, folder.string(), ": holds ", manifest_.family, ", and ",
               family, " are wanted");
  std::uint64_t first = 0;
  for (const ShardInfo& shard : manifest_.shards) {
    const fs::path file = folder / shard.file;
    require_data(fs::exists(file), file.string(), ": is missing");
    require_data(fs::file_size(file) == shard.bytes, file.string(), ": is cut off or changed (",
                 fs::file_size(file), " bytes; the manifest says ", shard.bytes, ")");
    shards_.push_back(std::make_shared<const ShardReader>(file));
    require_data(shards_.back()->count() == shard.count, file.string(), ": holds ",
                 shards_.back()->count(), " records; the manifest says ", shard.count);
    first_.push_back(first);
    first += shard.count;
  }
  // Between the manifest and the last shard another run may have put a new set in their place.
  require_data(read_manifest(folder).digest == manifest_.digest, folder.string(),
               ": was replaced while it was opened; try again");
}

std::size_t RecordSet::shard_of(std::size_t index) const {
  const auto after = std::ranges::upper_bound(first_, index);
  return static_cast<std::size_t>(after - first_.begin()) - 1;
}

std::string_view RecordSet::record(std::size_t index) const {
  const std::size_t shard = shard_of(index);
  const ShardReader& reader = *shards_[shard];
  const auto [block, place] = reader.find(index - first_[shard]);
  BlockCache& cache = block_cache;
  if (cache.reader != &reader || cache.serial != reader.serial() || cache.block != block) {
    cache = {nullptr, 0, 0, {}};
    cache = {&reader, reader.serial(), block, reader.block(block)};
  }
  return cache.records[place];
}

std::string RecordSet::place_of(std::size_t index) const {
  const std::size_t shard = shard_of(index);
  const std::size_t block = shards_[shard]->find(index - first_[shard]).first;
  return cat((folder_ / manifest_.shards[shard].file).string(), ": block ", block);
}

std::vector<std::string> data_set_names(const fs::path& folder) {
  if (fs::exists(folder / kManifestFile)) return {""};
  std::vector<std::string> names;
  bool has_shards = false;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!is_left_behind(name) && fs::exists(entry.path() / kManifestFile)) names.push_back(name);
    has_shards |= name.starts_with("shard-");
  }
  require_data(!names.empty() || !has_shards, folder.string(),
               ": has shards and no manifest.json: a set that generate --resume finishes, or a "
               "part that merge joins with the others");
  require_data(!names.empty(), folder.string(),
               ": is not a data set (no manifest.json in it or below)");
  static constexpr std::array<std::string_view, 3> kFactSets = {"id_atomic", "ood_atomic",
                                                                "train_inferred"};
  const auto rank = [](const std::string& name) {
    return std::tuple(std::ranges::find(kSplitSets, name) - kSplitSets.begin(),
                      std::ranges::find(kFactSets, name) - kFactSets.begin(), name);
  };
  std::ranges::sort(names, {}, rank);
  return names;
}

}  // namespace recombine
