#include "data/formats/output.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "data/error.h"
#include "data/storage/create_folder.h"
#include "data/storage/file.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// One call for 100,000 files. Throws DataError where something of it could not be written.
void sync_file_system(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::syncfs(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  require_data(synced, folder.string(), ": cannot be written");
}

}  // namespace

OutputFile::OutputFile(const fs::path& path, bool force) {
  if (path == "-") return;
  refuse_existing(path, force);
  require_data(!fs::is_directory(path), path.string(), ": is a folder; this format is one file");
  file_ = std::make_unique<AtomicFile>(path);
}

void OutputFile::write(std::string_view bytes) {
  if (file_) {
    file_->write(bytes);
  } else {
    write_all(STDOUT_FILENO, bytes, "standard output");
  }
}

void OutputFile::finish() {
  if (file_) file_->commit();
}

OutputFolder::OutputFolder(fs::path path, bool force) : path_(std::move(path)) {
  require(path_ != "-", "--out -: this export is several files; give a folder");
  // "a/b/" names the folder a/b.
  if (!path_.has_filename()) path_ = path_.parent_path();
  part_ = path_.string() + ".part";
  std::error_code error;
  const bool empty = fs::is_directory(path_, error) && fs::is_empty(path_, error);
  if (!empty) refuse_existing(path_, force);
  lock_ = take_part(part_, path_);
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  fs::remove_all(part_, ignored);
}

void OutputFolder::write(const fs::path& name, std::string_view bytes) const {
  const int file =
      ::open((part_ / name).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  require_data(file >= 0, (path_ / name).string(), ": cannot be written (", std::strerror(errno),
               ")");
  try {
    write_all(file, bytes, path_ / name);
  } catch (...) {
    ::close(file);
    throw;
  }
  require_data(::close(file) == 0, (path_ / name).string(), ": cannot be written (",
               std::strerror(errno), ")");
}

void OutputFolder::finish() {
  lock_.reset();
  sync_file_system(part_);
  std::error_code error;
  if (!fs::exists(path_, error) || fs::is_empty(path_, error)) {
    publish_file(part_, path_);
    return;
  }
  for (const auto& entry : fs::recursive_directory_iterator(part_)) {
    const fs::path target = path_ / fs::relative(entry.path(), part_);
    if (entry.is_directory()) {
      create_folder(target);
    } else {
      publish_file(entry.path(), target);
    }
  }
}

}  // namespace recombine
