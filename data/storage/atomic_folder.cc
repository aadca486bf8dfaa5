#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>

#include "data/error.h"
#include "data/storage/create_folder.h"
#include "data/storage/file.h"

namespace recombine {
namespace fs = std::filesystem;

void create_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  require_data(!error && fs::is_directory(path), path.string(), ": cannot be made (",
               error ? error.message() : "something else has that name", ")");
}

fs::path without_slash(const fs::path& folder) {
  fs::path path = folder.has_filename() ? folder : folder.parent_path();
  if (path.filename() != "." && path.filename() != "..") return path;
  path = fs::weakly_canonical(path);  // what lies beside it is not in it
  return path.has_filename() ? path : path.parent_path();
}

namespace {

/// The beginning of a file; "" where there is none.
std::string beginning_of(const fs::path& file) {
  constexpr std::size_t kEnough = 4096;
  std::string text(kEnough, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return text;
}

/// By what a file says, for other programs write files of these names, too.
bool is_made_by_us(const fs::path& entry) {
  static const std::array<std::string_view, 6> kDescriptions = {
      "manifest.json", "split.json", "world.json", "run.json", "trace.json", "prompts.json"};
  const std::string name = entry.filename().string();
  const auto says = [text = beginning_of(entry)](std::string_view words) {
    return text.find(words) != std::string::npos;
  };
  if (std::ranges::find(kDescriptions, name) != kDescriptions.end())
    return says(R"("schema": "recombine.)") || says(R"("schema":"recombine.)");
  // A run's config says of each option where its value comes from.
  if (name == "config.ini")
    return says(" (default)\n") && (says("[grids]\n") || says("[facts]\n") || says("[model]\n"));
  if (name == "state.json")
    return says("\"step\"") && fs::exists(entry.parent_path() / "model.safetensors");
  return name.starts_with("shard-") && entry.extension() == ".rcb";
}

}  // namespace

bool is_foreign(const fs::path& folder) {
  if (!fs::is_directory(folder)) return true;
  if (fs::is_empty(folder)) return false;
  const fs::directory_iterator entries(folder);
  return std::none_of(begin(entries), end(entries),
                      [](const auto& entry) { return is_made_by_us(entry.path()); });
}

void refuse_existing(const fs::path& path, bool force) {
  require_data(force || !fs::exists(path), path.string(),
               ": exists already; give another --out, or --force to replace it");
}

void refuse_existing_file(const fs::path& file, bool force) {
  refuse_existing(file, force);
  require_data(!fs::is_directory(file), file.string(), ": is a folder, and a file is wanted");
  require_data(!fs::exists(file) || !is_made_by_us(file), file.string(),
               ": is part of a data set or of a run; give another place");
  const fs::path folder = file.parent_path();
  require_data(folder.empty() || fs::is_directory(folder), file.string(),
               ": cannot be written; there is no folder ", folder.string(), ", make it first");
}

void refuse_foreign(const fs::path& path) {
  require_data(!is_foreign(path), path.string(),
               ": --force replaces data sets, splits, worlds, runs, checkpoints, traces and "
               "prompts, and this is none");
}

namespace {

/// Removes what a verb of ours made and refuses to remove anything else.
void remove_ours(const fs::path& path) {
  refuse_foreign(path);
  refuse_written(path);
  std::error_code error;
  fs::remove_all(path, error);
  require_data(!error, path.string(), ": cannot be replaced (", error.message(), ")");
}

bool is_empty_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error) && fs::is_empty(path, error);
}

/// Syncs the folder and those below it. Their files are synced where they are written.
void sync_tree(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_directory() && !entry.is_symlink()) sync_tree(entry.path());
  }
  sync_folder(folder);
}

}  // namespace

std::unique_ptr<WriterLock> take_part(const fs::path& part, const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_directory(fs::symlink_status(part))) fs::remove(part, ignored);
  create_folder(part);
  auto lock = std::make_unique<WriterLock>(part / kWriterFile, path);
  std::vector<fs::path> left;
  for (const auto& entry : fs::directory_iterator(part)) {
    if (entry.path().filename() != kWriterFile) left.push_back(entry.path());
  }
  for (const fs::path& entry : left) fs::remove_all(entry, ignored);
  return lock;
}

void make_new_folder(const fs::path& path, bool force) {
  if (!is_empty_folder(path)) refuse_existing(path, force);
  if (fs::exists(path)) remove_ours(path);
  create_folder(path);
}

void publish_folder(const fs::path& part, const fs::path& path) {
  sync_tree(part);
  if (!fs::exists(path) || is_empty_folder(path)) {
    publish_file(part, path);
    return;
  }
  refuse_foreign(path);
  refuse_written(path);
  // At no time is there neither the old nor the new one under the name.
  if (::renameat2(AT_FDCWD, part.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) != 0) {
    remove_ours(path);  // a file system that cannot exchange names
    publish_file(part, path);
    return;
  }
  sync_folder_of(path);
  std::error_code error;
  fs::remove_all(part, error);
  require_data(!error, part.string(), ": holds what ", path.string(),
               " had before, and cannot be removed (", error.message(), ")");
}

AtomicFolder::AtomicFolder(const fs::path& path, bool force) : path_(without_slash(path)) {
  part_ = path_.string() + ".part";
  if (!is_empty_folder(path_)) refuse_existing(path_, force);
  if (fs::exists(path_)) refuse_foreign(path_);
  lock_ = take_part(part_, path_);
}

AtomicFolder::~AtomicFolder() {
  if (committed_) return;
  std::error_code ignored;
  fs::remove_all(part_, ignored);
}

void AtomicFolder::commit() {
  lock_.reset();
  publish_folder(part_, path_);
  committed_ = true;
}

}  // namespace recombine
