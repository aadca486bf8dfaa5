#include "generator/writer/writer.h"

#include <map>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "data/storage/shard.h"
#include "generator/writer/folder.h"
#include "generator/writer/shard_run.h"

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

/// Writes a finished shard again, with these records, by index, instead of its own.
ShardInfo rewrite_shard(const fs::path& file,
                        std::uint64_t begin,
                        const std::map<std::uint64_t, std::string>& changed) {
  const ShardReader reader(file);
  ShardWriter writer(file, begin);
  std::uint64_t index = begin;
  for (std::size_t number = 0; number < reader.blocks(); ++number) {
    std::vector<std::string> records = reader.block(number);
    const std::uint64_t first = index;
    for (std::string& record : records) {
      const auto other = changed.find(index++);
      if (other != changed.end()) record = other->second;
    }
    writer.add_block(encode_block(first, records), static_cast<std::uint32_t>(records.size()));
  }
  return writer.finish();
}

/// A shard as another run made it, with every item made anew whose key an earlier shard has.
ShardInfo settle_shard(RecordSource& source,
                       TakenKeys& taken,
                       Sha256& digest,
                       const fs::path& file,
                       std::uint64_t begin) {
  const ShardReader reader(file);
  std::map<std::uint64_t, std::string> changed;
  std::uint64_t index = begin;
  for (std::size_t number = 0; number < reader.blocks(); ++number) {
    check_interrupted("the same command with --resume goes on");
    std::vector<std::string> records = reader.block(number);
    for (std::string& record : records) {
      Item item = make_unique(source, taken, {record, source.key_of(record)}, index, 0);
      if (item.record != record) changed[index] = record = std::move(item.record);
      ++index;
    }
    add_to_digest(digest, records);
  }
  return changed.empty() ? describe_shard(file) : rewrite_shard(file, begin, changed);
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

/// Writes the set in the options' folder; it replaces nothing that is finished.
std::optional<Manifest> write_in_place(RecordSource& source, const WriteOptions& options) {
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
    clean_up(options, !shards.empty() || run.part_stays);
    throw;
  }
  progress.finish();
  if (one) return settle(source, options);
  return finish_manifest(source, options, digest, std::move(shards));
}

}  // namespace

std::optional<Manifest> write_data_set(RecordSource& source, const WriteOptions& options) {
  const fs::path folder = without_slash(options.folder);
  WriteOptions here = options;
  here.folder = place_to_write(folder, options.resume, options.force);
  std::optional<Manifest> manifest = write_in_place(source, here);
  if (manifest && here.folder != folder) replace_folder(here.folder, folder);
  return manifest;
}

void require_one_go(const WriteOptions& options) {
  require(options.shards == 1, "--shards ", options.shards, ": this recipe's sets are one shard");
  require(!options.resume, "--resume: this recipe's sets are made in one go");
}

}  // namespace recombine
