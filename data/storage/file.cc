#include "data/storage/file.h"

#include <algorithm>
#include <array>
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

void sync_folder_of(const fs::path& path) {
  const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const int folder = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);  // best effort: some file systems refuse it for folders
  ::close(folder);
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

}  // namespace

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
    descriptor_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  }
  if (descriptor_ < 0) fail(path_, "cannot be written");
}

AtomicFile::~AtomicFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  std::error_code ignored;
  if (!part_.empty()) fs::remove(part_, ignored);
}

void AtomicFile::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() < kBufferBytes) return;
  write_all(descriptor_, buffer_, path_);
  buffer_.clear();
}

void AtomicFile::commit() {
  write_all(descriptor_, buffer_, path_);
  buffer_.clear();
  if (!part_.empty()) {
    if (::fsync(descriptor_) != 0) fail(path_, "cannot be written");
    publish_file(part_, path_);
  }
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

fs::path without_slash(const fs::path& folder) {
  fs::path path = folder.has_filename() ? folder : folder.parent_path();
  if (path.filename() != "." && path.filename() != "..") return path;
  path = fs::weakly_canonical(path);  // what lies beside it is not in it
  return path.has_filename() ? path : path.parent_path();
}

void refuse_existing(const fs::path& path, bool force) {
  require_data(force || !fs::exists(path), path.string(),
               ": exists already; give another --out, or --force to replace it");
}

void refuse_foreign(const fs::path& path) {
  static const std::array<const char*, 8> kMarks = {"manifest.json", "split.json", "world.json",
                                                    "run.json",      "config.ini", "trace.json",
                                                    "prompts.json",  "state.json"};
  const bool ours = fs::is_empty(path) || std::ranges::any_of(kMarks, [&](const char* mark) {
                      return fs::exists(path / mark);
                    });
  require_data(ours, path.string(),
               ": --force replaces data sets, splits, worlds, runs, checkpoints, traces and "
               "prompts, and this is none");
}

namespace {

/// Removes what a verb of ours made and refuses to remove anything else.
void remove_ours(const fs::path& path) {
  refuse_foreign(path);
  std::error_code error;
  fs::remove_all(path, error);
  require_data(!error, path.string(), ": cannot be replaced (", error.message(), ")");
}

void create_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  require_data(!error && fs::is_directory(path), path.string(), ": cannot be made (",
               error ? error.message() : "something else has that name", ")");
}

bool is_empty_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error) && fs::is_empty(path, error);
}

}  // namespace

void make_new_folder(const fs::path& path, bool force) {
  if (!is_empty_folder(path)) refuse_existing(path, force);
  if (fs::exists(path)) remove_ours(path);
  create_folder(path);
}

AtomicFolder::AtomicFolder(const fs::path& path, bool force) : path_(without_slash(path)) {
  part_ = path_.string() + ".part";
  if (!is_empty_folder(path_)) refuse_existing(path_, force);
  if (fs::exists(path_)) refuse_foreign(path_);
  std::error_code ignored;
  fs::remove_all(part_, ignored);
  create_folder(part_);
}

AtomicFolder::~AtomicFolder() {
  if (committed_) return;
  std::error_code ignored;
  fs::remove_all(part_, ignored);
}

void AtomicFolder::commit() {
  if (fs::exists(path_)) remove_ours(path_);
  publish_file(part_, path_);
  committed_ = true;
}

}  // namespace recombine
