#pragma once
// Files that appear whole or not at all.

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "data/storage/writer_lock.h"

namespace recombine {

/// A file that is written as `<path>.part` and gets its name on commit(), after it was synced to
/// disk. Without commit(), or where it fails, the part is removed. What is no file (a device, a
/// pipe, /dev/stdout) is not replaced: it gets the bytes as they come. All failures throw DataError
/// with the path; so does a part that another process is writing.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view bytes);
  /// Brings all that was written to the disk: what is left for commit() is to give the name.
  void sync();
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;  ///< empty: written in place
  int descriptor_ = -1;
  std::string buffer_;
};

/// Writes `bytes` as a whole file.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// The whole file; throws DataError where it cannot be read.
std::string read_file(const std::filesystem::path& path);

/// A folder that is filled as `<path>.part` and gets its name on commit(). Without commit() the
/// part is removed; what a killed process left of one is removed by the next. Throws DataError
/// where `path` is there already and not empty, and where another process writes it; `force`
/// replaces it on commit(), where it is a data set, a split, a world, a run, a checkpoint, a trace
/// or a folder of prompts. (atomic_folder.cc)
class AtomicFolder {
 public:
  AtomicFolder(const std::filesystem::path& path, bool force);
  ~AtomicFolder();
  AtomicFolder(const AtomicFolder&) = delete;
  AtomicFolder& operator=(const AtomicFolder&) = delete;

  const std::filesystem::path& part() const { return part_; }
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;
  std::unique_ptr<WriterLock> lock_;
  bool committed_ = false;
};

/// Makes `path` as a new, empty folder, parents included. Throws DataError where something other
/// than an empty folder is there already; `force` removes it first, where it is one of these.
void make_new_folder(const std::filesystem::path& path, bool force);

/// A path to which ".part" can be added: "out/" is "out", "." the name of the folder that it is.
std::filesystem::path without_slash(const std::filesystem::path& folder);

/// Throws DataError where `path` exists and `force` is not given.
void refuse_existing(const std::filesystem::path& path, bool force);

/// The same of a file that is to be written, and where there is no folder that it could be in:
/// before long work, not after it.
void refuse_existing_file(const std::filesystem::path& file, bool force);

/// Throws DataError where `path` is in use by something that no verb of ours made, which `--force`
/// does not replace.
void refuse_foreign(const std::filesystem::path& path);

/// write(2) until all is written; throws DataError with `path`.
void write_all(int descriptor, std::string_view bytes, const std::filesystem::path& path);

/// Renames a finished, synced part to its name and syncs the folder.
void publish_file(const std::filesystem::path& part, const std::filesystem::path& path);

/// The same of a folder, whose files are synced; what had the name is exchanged with it at once and
/// removed then, where it is one of those that `--force` replaces. Throws DataError.
void publish_folder(const std::filesystem::path& part, const std::filesystem::path& path);

/// An empty folder `part` that this process alone writes, to become `path`: what a killed process
/// left of one is removed. Throws DataError where another process writes it.
std::unique_ptr<WriterLock> take_part(const std::filesystem::path& part,
                                      const std::filesystem::path& path);

/// Removes a file where there is one, so that no power cut brings it back: what it says is not of
/// what is written next.
void drop_file(const std::filesystem::path& path);

/// Syncs the entries of a folder, or those of the folder that `path` is in, as far as the file
/// system does so.
void sync_folder(const std::filesystem::path& folder);
void sync_folder_of(const std::filesystem::path& path);

}  // namespace recombine
