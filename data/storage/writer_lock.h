#pragma once
// Who writes a folder or a file, so that no two do.

#include <filesystem>

namespace recombine {

/// The lock of a folder that is being written, inside it.
inline constexpr const char* kWriterFile = ".writer";

/// Held from construction to destruction, and gone with the process however it ends: the kernel has
/// it (flock(2)), the file only says who that is. So a file that a dead owner left is taken over.
/// Other machines see it where their file system shares such locks: NFS of Linux does, Lustre and
/// others by an option of their mount. Where there are no locks, or where the folder cannot be
/// written (the work itself will say so), none is held.
class WriterLock {
 public:
  /// Makes `file`; the destructor removes it. Throws DataError, which begins with `what` and names
  /// host and process, where another one has it.
  WriterLock(std::filesystem::path file, const std::filesystem::path& what);
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
};

/// A file opened for reading and writing, made where it is not there, that this process alone holds
/// open so until it closes the descriptor. -1, and errno, where it cannot be opened, is a link, or
/// (EWOULDBLOCK) another one holds it.
int open_alone(const std::filesystem::path& file);

/// "shard-00000-of-00001.rcb" -> its lock, beside it.
std::filesystem::path lock_beside(const std::filesystem::path& file);

/// Throws DataError, naming host and process, where somebody writes `folder` or a shard in it.
void refuse_written(const std::filesystem::path& folder);
/// Whether that is so.
bool is_written(const std::filesystem::path& folder);

}  // namespace recombine
