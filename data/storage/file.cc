#include "data/storage/file.h"

#include <cerrno>
#include <cstring>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

#include "data/error.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20U;

[[noreturn]] void fail(const fs::path& path, const char* what) {
  throw DataError(cat(path.string(), ": ", what, " (", std::strerror(errno), ")"));
}

/// N where the path names descriptor N of this process, as /dev/stdout does; -1 for all others.
int descriptor_named_by(fs::path path) {
  constexpr int kMostLinks = 40;
  std::error_code error;
  const fs::path own = fs::canonical("/proc/self/fd", error);
  for (int links = 0; !error && links < kMostLinks; ++links) {
    const fs::path folder = fs::canonical(path.has_parent_path() ? path.parent_path() : ".", error);
    if (!error && folder == own) return parse_number<int>(path.filename().string()).value_or(-1);
    path = folder / fs::read_symlink(path, error);  // an error where it is no link
  }
  return -1;
}

/// Whether a device or a pipe is there, behind any links.
bool is_device(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::is_character_file(status) || fs::is_block_file(status) || fs::is_fifo(status) ||
         fs::is_socket(status);
}

/// The part, empty, for this process alone. Throws DataError where another one writes it; -1, and
/// errno, where it cannot be opened.
int open_part(const fs::path& part, const fs::path& path) {
  const int descriptor = open_alone(part);
  require_data(descriptor >= 0 || errno != EWOULDBLOCK, path.string(),
               ": is being written by another process; wait for it, or end it");
  if (descriptor >= 0 && ::ftruncate(descriptor, 0) != 0) {
    const int error = errno;
    ::close(descriptor);  // with it goes the lock
    errno = error;
    fail(path, "cannot be written");
  }
  return descriptor;
}

}  // namespace

void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);  // best effort: some file systems refuse it for folders
  ::close(descriptor);
}

void sync_folder_of(const fs::path& path) {
  sync_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
}

void drop_file(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_regular_file(path, ignored) && fs::remove(path, ignored)) sync_folder_of(path);
}

void write_all(int descriptor, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path, "cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void publish_file(const fs::path& part, const fs::path& path) {
  std::error_code error;
  fs::rename(part, path, error);
  require_data(!error, path.string(), ": cannot be written (", error.message(), ")");
  sync_folder_of(path);
}

AtomicFile::AtomicFile(fs::path path) : path_(std::move(path)) {
  if (const int named = descriptor_named_by(path_); named >= 0) {
    descriptor_ = ::fcntl(named, F_DUPFD_CLOEXEC, 0);  // goes on where that one stands
  } else if (is_device(path_)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
  } else {
    part_ = path_.string() + ".part";
    descriptor_ = open_part(part_, path_);
  }
  if (descriptor_ < 0) fail(path_, "cannot be written");
}

AtomicFile::~AtomicFile() {
  if (descriptor_ < 0) return;
  std::error_code ignored;
  if (!part_.empty()) fs::remove(part_, ignored);
  ::close(descriptor_);  // last: whoever waits for the part makes one of their own
}

void AtomicFile::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() < kBufferBytes) return;
  write_all(descriptor_, buffer_, path_);
  buffer_.clear();
}

void AtomicFile::sync() {
  write_all(descriptor_, buffer_, path_);
  buffer_.clear();
  if (!part_.empty() && ::fsync(descriptor_) != 0) fail(path_, "cannot be written");
}

void AtomicFile::commit() {
  sync();
  if (!part_.empty()) publish_file(part_, path_);
  ::close(descriptor_);
  descriptor_ = -1;  // before this the destructor removes the part
}

void write_file(const fs::path& path, std::string_view bytes) {
  AtomicFile file(path);
  file.write(bytes);
  file.commit();
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  require_data(file.good() && !fs::is_directory(path), path.string(), ": cannot be read (",
               fs::exists(path) ? "not a readable file" : "no such file", ")");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace recombine
