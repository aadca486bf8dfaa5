#include "generator/writer.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "data/error.h"
#include "data/shard.h"
#include "generator/folder.h"
#include "generator/shard_run.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// Held while a run looks whether it completes the set; other runs of the same folder wait.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : descriptor_(::open(folder.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ >= 0) ::flock(descriptor_, LOCK_EX);
  }
  ~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

Json recipe_of(const RecordSource& source, std::uint64_t count) {
  Json recipe = source.recipe();
  recipe["count"] = count;
  return recipe;
}

Manifest finish_manifest(const RecordSource& source,
                         const WriteOptions& options,
                         const Sha256& digest,
                         std::vector<ShardInfo> shards) {
  Manifest manifest{source.family(),
                    options.count,
                    "sha256:" + digest.hex_digest(),
                    recipe_of(source, options.count),
                    std::move(shards),
                    {}};
  write_manifest(options.folder, manifest);
  std::error_code ignored;
  fs::remove(options.folder / kRecipeFile, ignored);
  return manifest;
}

/// A shard as another run made it, with every item made anew whose key an earlier shard has.
ShardInfo settle_shard(RecordSource& source,
                       TakenKeys& taken,
                       Sha256& digest,
                       const fs::path& file,
                       std::uint64_t begin) {
  std::vector<std::vector<std::string>> blocks;
  bool changed = false;
  std::uint64_t index = begin;
  {
    const ShardReader reader(file);
    for (std::size_t number = 0; number < reader.blocks(); ++number)
      blocks.push_back(reader.block(number));
  }
  for (auto& records : blocks) {
    for (std::string& record : records) {
      Item item = make_unique(source, taken, {record, source.key_of(record)}, index, 0);
      changed = changed || item.record != record;
      record = std::move(item.record);
      ++index;
    }
    add_to_digest(digest, records);
  }
  if (!changed) return describe_shard(file);
  ShardWriter writer(file, begin);
  index = begin;
  for (const auto& records : blocks) {
    writer.add_block(encode_block(index, records), static_cast<std::uint32_t>(records.size()));
    index += records.size();
  }
  return writer.finish();
}

std::optional<Manifest> settle(RecordSource& source, const WriteOptions& options) {
  const FolderLock lock(options.folder);
  if (fs::exists(options.folder / kManifestFile)) return read_manifest(options.folder);
  for (int shard = 0; shard < options.shards; ++shard) {
    if (!fs::exists(options.folder / shard_file_name(shard, options.shards))) return std::nullopt;
  }
  TakenKeys taken;
  Sha256 digest;
  std::vector<ShardInfo> shards;
  for (int shard = 0; shard < options.shards; ++shard) {
    const fs::path file = options.folder / shard_file_name(shard, options.shards);
    shards.push_back(settle_shard(source, taken, digest, file,
                                  shard_begin(options.count, shard, options.shards)));
  }
  return finish_manifest(source, options, digest, std::move(shards));
}

/// Takes the folder; makes it where it is not there, and leaves none where that fails.
void open_folder(const RecordSource& source, const WriteOptions& options) {
  Json begun = recipe_of(source, options.count);
  begun["shards"] = options.shards;
  std::error_code ignored;
  const bool made = fs::create_directories(options.folder, ignored);
  try {
    const FolderLock lock(options.folder);
    open_data_folder(options.folder, begun, options.resume, options.only_shard >= 0, options.force);
  } catch (...) {
    if (made) fs::remove(options.folder, ignored);  // goes only where it is empty
    throw;
  }
}

/// After a failure: removes what --resume cannot go on with. What earlier runs, or the runs of
/// other shards, have made is not ours to remove.
void clean_up(const WriteOptions& options, bool worth_resuming) {
  const bool alone = options.only_shard < 0 && !options.resume;
  if (alone && !worth_resuming) remove_data_set(options.folder);
  std::error_code ignored;
  fs::remove(options.folder, ignored);  // goes only where it is empty
}

}  // namespace

std::optional<Manifest> write_data_set(RecordSource& source, const WriteOptions& options) {
  open_folder(source, options);
  const bool one = options.only_shard >= 0;
  const int first = one ? options.only_shard : 0;
  const int last = one ? first + 1 : options.shards;
  const std::uint64_t from = shard_begin(options.count, first, options.shards);
  const std::uint64_t to = shard_begin(options.count, last, options.shards);
  TakenKeys taken;
  Sha256 digest;
  Progress progress("generate", "items", to, options.quiet);
  progress.update(from);
  ShardRun run{source,        taken,          digest,          progress,      options.folder,
               options.count, options.shards, options.threads, options.resume};
  std::vector<ShardInfo> shards;
  try {
    for (int shard = first; shard < last; ++shard) shards.push_back(run.write(shard));
  } catch (const Interrupted&) {
    throw;
  } catch (const InputError&) {
    clean_up(options, false);  // no run with these options will get further
    throw;
  } catch (...) {
    clean_up(options, !shards.empty());
    throw;
  }
  progress.finish();
  if (one) return settle(source, options);
  return finish_manifest(source, options, digest, std::move(shards));
}

}  // namespace recombine
