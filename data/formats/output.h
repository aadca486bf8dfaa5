#pragma once
// Where an export goes: a file or a folder that appears whole, or standard output.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "data/storage/file.h"

namespace recombine {

/// One file, or standard output where the path is "-".
class OutputFile {
 public:
  /// Throws DataError where the file exists and `force` is not given.
  OutputFile(const std::filesystem::path& path, bool force);

  void write(std::string_view bytes);
  /// Publishes the file.
  void finish();

 private:
  std::unique_ptr<AtomicFile> file_;  ///< null: standard output
};

/// A folder of files, filled under the name `<path>.part`; finish() gives it its name or, where a
/// folder is there already, puts its files there. Without finish() the part is removed.
class OutputFolder {
 public:
  /// Throws InputError where the path is "-", DataError where something is there already; `force`
  /// lets files of the same names be replaced, and removes nothing else.
  OutputFolder(std::filesystem::path path, bool force);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  /// Where to write until finish().
  const std::filesystem::path& part() const { return part_; }
  /// Writes a file of the folder, not synced by itself: exports may have 100,000 of them.
  void write(const std::filesystem::path& name, std::string_view bytes) const;
  void finish();

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;
  std::unique_ptr<WriterLock> lock_;
};

}  // namespace recombine
