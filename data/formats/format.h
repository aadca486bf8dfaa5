#pragma once
// Formats of other tools: what `export` writes and `import` reads.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace recombine {

struct FactItem;

/// Hears of long work: `done` of `total` items (0: unknown) so far.
using Watch = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// What is exported, and where to.
struct ExportJob {
  std::filesystem::path folder;  ///< of a data set, of a split or of a world
  std::filesystem::path out;     ///< "-": standard output, for formats of one file
  bool force = false;            ///< replaces what is at `out`
  std::string form = "auto";     ///< of carc: auto, generator or split; of hf: auto or parquet
  /// grokked alone: whether noise was drawn for an item; null: its record says so.
  std::function<bool(const FactItem&)> drawn;
  Watch watch = [](std::uint64_t, std::uint64_t) {};
};

/// What is imported, and where to.
struct ImportJob {
  std::filesystem::path in;
  std::filesystem::path out;  ///< folder of the data set, of the split or of the world
  bool force = false;
  int threads = 0;       ///< that read lines; 0: all cores
  std::string set_name;  ///< of one of several sets of a split: begins the ids then
  Watch watch = [](std::uint64_t, std::uint64_t) {};
  std::function<void(const std::string&)> note = [](const std::string&) {};  ///< worth telling
};

/// A format of other tools. Its functions throw DataError, naming file and line, for bad data, and
/// InputError for a job that the format cannot do. What they write appears whole or not at all.
struct Format {
  std::string_view name;
  std::string_view summary;
  std::string_view family;  ///< "grids", "facts" or "any"
  void (*export_data)(const ExportJob& job);
  void (*import_data)(const ImportJob& job);  ///< null where there is no way back
};

/// All formats. To add one: a file in data/formats/ and a line in registry.cc.
std::span<const Format> formats();

/// Throws InputError, which names the nearest known one.
const Format& find_format(std::string_view name);

/// Throws InputError, which names the formats that do, where the format does not have the family of
/// the data sets in `folder`; DataError where there are none.
void require_family(const Format& format, const std::filesystem::path& folder);

}  // namespace recombine
