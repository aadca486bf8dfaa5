#include "data/storage/folder.h"

#include <algorithm>
#include <array>

#include "data/error.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 2> kCompressed = {".gz", ".zst"};

}  // namespace

bool is_left_behind(std::string_view name) {
  constexpr std::array<std::string_view, 3> kNames = {"__MACOSX", "Thumbs.db", "desktop.ini"};
  return name.starts_with('.') || std::ranges::find(kNames, name) != kNames.end();
}

std::vector<fs::path> visible_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (!is_left_behind(entry.path().filename().string())) entries.push_back(entry.path());
  }
  require_data(!error, folder.string(), ": cannot be read (", error.message(), ")");
  std::ranges::sort(entries, [](const fs::path& a, const fs::path& b) {
    return natural_less(a.filename().string(), b.filename().string());
  });
  return entries;
}

std::string_view uncompressed_name(std::string_view name) {
  for (const std::string_view ending : kCompressed) {
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

fs::path compressed_or_plain(const fs::path& file) {
  if (fs::exists(file)) return file;
  for (const std::string_view ending : kCompressed) {
    fs::path compressed = file.string() + std::string(ending);
    if (fs::exists(compressed)) return compressed;
  }
  return file;
}

}  // namespace recombine
