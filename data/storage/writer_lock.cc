#include "data/storage/writer_lock.h"

#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/error.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kLockEnding = ".lock";

/// "process 4711 on host a": what the owner of a lock wrote into its file.
std::string owner_of(int descriptor) {
  std::array<char, 256> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
  const std::string_view owner =
      trim(std::string_view(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0));
  return owner.empty() ? "another process" : std::string(owner);
}

void write_owner(int descriptor) {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  const std::string text = cat("process ", ::getpid(), " on host ", host.data(), "\n");
  // What it says is for people: where it cannot be written, the lock holds all the same.
  [[maybe_unused]] const bool said =
      ::ftruncate(descriptor, 0) == 0 && ::pwrite(descriptor, text.data(), text.size(), 0) > 0;
}

/// Whether the name still leads to the open file: its last owner may have removed it meanwhile.
bool is_same_file(int descriptor, const fs::path& file) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(descriptor, &opened) == 0 && ::stat(file.c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

/// Throws where another one holds the file; it may have let go of it by now.
void refuse_locked(const fs::path& file, const fs::path& what) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return;
  const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  const std::string owner = held ? owner_of(descriptor) : "";
  ::close(descriptor);
  require_data(!held, what.string(), ": is being written by ", owner, "; wait for it, or end it");
}

}  // namespace

int open_alone(const fs::path& file) {
  while (true) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (descriptor < 0) return -1;
    const bool held = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (!held && is_same_file(descriptor, file)) return descriptor;
    ::close(descriptor);
    errno = EWOULDBLOCK;
    if (held) return -1;
  }
}

WriterLock::WriterLock(fs::path file, const fs::path& what) : file_(std::move(file)) {
  descriptor_ = open_alone(file_);
  if (descriptor_ < 0 && errno == EWOULDBLOCK) refuse_locked(file_, what);
  if (descriptor_ >= 0) write_owner(descriptor_);
}

WriterLock::~WriterLock() {
  if (descriptor_ < 0) return;
  ::unlink(file_.c_str());  // before the lock goes: who comes next makes a file of their own
  ::close(descriptor_);
}

fs::path lock_beside(const fs::path& file) { return file.string() + std::string(kLockEnding); }

void refuse_written(const fs::path& folder) {
  refuse_locked(folder / kWriterFile, folder);
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == kLockEnding) refuse_locked(entry.path(), folder);
  }
}

bool is_written(const fs::path& folder) {
  try {
    refuse_written(folder);
    return false;
  } catch (const DataError&) {
    return true;
  }
}

}  // namespace recombine
