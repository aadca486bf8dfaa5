#include "data/formats/output.h"

#include <fstream>

#include <unistd.h>

#include "data/error.h"

namespace recombine {
namespace fs = std::filesystem;

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
  fs::remove_all(part_, error);
  fs::create_directories(part_, error);
  require_data(!error, path_.string(), ": cannot be written (", error.message(), ")");
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  fs::remove_all(part_, ignored);
}

void OutputFolder::write(const fs::path& name, std::string_view bytes) const {
  std::ofstream file(part_ / name, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  require_data(!file.fail(), (path_ / name).string(), ": cannot be written");
}

void OutputFolder::finish() {
  std::error_code error;
  if (!fs::exists(path_, error) || fs::is_empty(path_, error)) {
    publish_file(part_, path_);
    return;
  }
  for (const auto& entry : fs::recursive_directory_iterator(part_)) {
    const fs::path target = path_ / fs::relative(entry.path(), part_);
    if (entry.is_directory()) {
      fs::create_directories(target, error);
      require_data(!error, target.string(), ": cannot be made (", error.message(), ")");
    } else {
      publish_file(entry.path(), target);
    }
  }
}

}  // namespace recombine
