#include "generator/writer/writer.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "data/storage/shard.h"
#include "data/storage/writer_lock.h"
#include "generator/writer/folder.h"
#include "generator/writer/settle.h"
#include "generator/writer/shard_run.h"
#include "generator/writer/shard_seal.h"
#include "generator/writer/taken_keys.h"

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

fs::path shard_file(const WriteOptions& options, int shard) {
  return options.folder / shard_file_name(shard, options.shards);
}

/// What a finished set has no more: the note that it was begun, and the locks that killed processes
/// left of its shards.
void remove_traces(const WriteOptions& options) {
  std::error_code ignored;
  fs::remove(options.folder / kRecipeFile, ignored);
  for (int shard = 0; shard < options.shards; ++shard)
    fs::remove(lock_beside(shard_file(options, shard)), ignored);
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
  remove_traces(options);
  return manifest;
}

/// Finishes the set where all its shards are there; nothing otherwise.
std::optional<Manifest> settle(RecordSource& source, const WriteOptions& options) {
  const FolderLock lock(options.folder);
  if (fs::exists(options.folder / kManifestFile)) {
    remove_traces(options);
    return read_manifest(options.folder);
  }
  std::vector<fs::path> files;
  for (int shard = 0; shard < options.shards; ++shard) {
    files.push_back(shard_file(options, shard));
    if (!fs::exists(files.back())) return std::nullopt;
  }
  std::error_code ignored;
  for (const fs::path& file : files) fs::remove(seal_file(file), ignored);
  Sha256 digest;
  Progress progress("settle", "items", options.count, options.quiet);
  auto shards = settle_shards(source, files, {options.folder, options.count, options.threads},
                              digest, progress);
  progress.finish();
  return finish_manifest(source, options, digest, std::move(shards));
}

/// The set that an earlier run of `options`, all but its shard, has finished. Where a run was
/// killed behind its last write, the note that it was begun is still there: that one is gone over.
std::optional<Manifest> finished_before(const RecordSource& source, const WriteOptions& options) {
  const bool again = options.resume && (options.only_shard >= 0 || !options.force);
  const bool begun = options.only_shard < 0 && fs::exists(options.folder / kRecipeFile);
  if (!again || begun || !fs::exists(options.folder / kManifestFile)) return std::nullopt;
  Manifest manifest = read_manifest(options.folder);
  const bool same = manifest.recipe == recipe_of(source, options.count) &&
                    manifest.shards.size() == static_cast<std::size_t>(options.shards);
  if (!same) return std::nullopt;
  // A run of one shard reads that one alone: runs of all of them read the set once.
  const bool one = options.only_shard >= 0;
  const std::size_t first = one ? static_cast<std::size_t>(options.only_shard) : 0;
  for (std::size_t i = first; i < (one ? first + 1 : manifest.shards.size()); ++i) {
    try {
      require_shard(options.folder, manifest.shards[i]);
    } catch (const DataError& fault) {
      throw DataError(cat(fault.what(), "; the set was finished: ",
                          one ? "remove it, and make its shards anew" : "--force makes it anew"));
    }
  }
  return manifest;
}

/// Whether the one shard of this run is there already, as `resume` asks; removes a damaged one.
bool is_made(const RecordSource& source, const WriteOptions& options) {
  const fs::path file = shard_file(options, options.only_shard);
  if (!options.resume || !fs::exists(file)) return false;
  const std::uint64_t begin =
      first_of_shard(source, options.count, options.only_shard, options.shards);
  const std::uint64_t end =
      first_of_shard(source, options.count, options.only_shard + 1, options.shards);
  const Json recipe = recipe_of(source, options.count);
  if (fault_of_shard(file, begin, end - begin, recipe).empty()) return true;
  std::error_code ignored;
  fs::remove(file, ignored);
  return false;
}

/// Takes away the lock of a shard whose writer was killed; false where somebody writes it.
bool take_left_lock(const fs::path& file) {
  try {
    const WriterLock left(lock_beside(file), file);
    return true;
  } catch (const DataError&) {
    return false;
  }
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

/// After a failure: removes what --resume cannot go on with. What earlier runs (`begun` before), or
/// the runs of other shards, have made is not ours to remove.
void clean_up(const WriteOptions& options, bool begun, bool worth_resuming) {
  const bool alone = options.only_shard < 0 && !begun;
  if (alone && !worth_resuming && !is_written(options.folder)) remove_data_set(options.folder);
  std::error_code ignored;
  fs::remove(options.folder, ignored);  // goes only where it is empty
}

/// Writes the set in the options' folder; it replaces nothing that is finished.
std::optional<Manifest> write_in_place(RecordSource& source, const WriteOptions& options) {
  const bool begun = options.resume && fs::exists(options.folder / kRecipeFile);
  open_folder(source, options);
  const bool one = options.only_shard >= 0;
  if (one && is_made(source, options)) {
    const fs::path file = shard_file(options, options.only_shard);
    const bool busy = !take_left_lock(file);
    if (busy || fs::exists(seal_file(file))) return settle(source, options);
    // The run that made it was killed before it had sealed it: it is gone over for the seal.
  }
  const int first = one ? options.only_shard : 0;
  const int last = one ? first + 1 : options.shards;
  const std::uint64_t from = first_of_shard(source, options.count, first, options.shards);
  const std::uint64_t to = first_of_shard(source, options.count, last, options.shards);
  TakenKeys taken(to - from);
  Sha256 digest;
  Progress progress("generate", "items", to - from, options.quiet);
  ShardRun run{source,         taken,         digest,         progress,        from,
               options.folder, options.count, options.shards, options.threads, options.resume};
  std::vector<ShardInfo> shards;
  std::error_code ignored;
  if (one) fs::remove(seal_file(shard_file(options, first)), ignored);
  try {
    for (int shard = first; shard < last; ++shard) shards.push_back(run.write(shard));
  } catch (const Interrupted&) {
    throw;
  } catch (const InputError&) {
    clean_up(options, begun, false);  // no run with these options will get further
    throw;
  } catch (...) {
    clean_up(options, begun, !shards.empty() || run.part_stays);
    throw;
  }
  progress.finish();
  if (one) {
    const Json recipe = recipe_of(source, options.count);
    write_seal(shard_file(options, first),
               {shards.front(), "sha256:" + digest.hex_digest(), recipe, {}});
    return settle(source, options);
  }
  return finish_manifest(source, options, digest, std::move(shards));
}

}  // namespace

std::optional<Manifest> write_data_set(RecordSource& source, const WriteOptions& options) {
  const fs::path folder = without_slash(options.folder);
  if (auto manifest = finished_before(source, options)) return manifest;
  WriteOptions here = options;
  here.folder = place_to_write(folder, options.resume, options.force);
  std::optional<Manifest> manifest = write_in_place(source, here);
  if (manifest && here.folder != folder) publish_folder(here.folder, folder);
  return manifest;
}

void require_one_go(const WriteOptions& options) {
  require(options.shards == 1, "--shards ", options.shards, ": this recipe's sets are one shard");
  require(!options.resume, "--resume: this recipe's sets are made in one go");
}

}  // namespace recombine
