#pragma once
// Worlds of facts to and from the published files, for tests.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "data/formats/format.h"

namespace recombine {

inline void export_world(const std::filesystem::path& world, const std::filesystem::path& out) {
  ExportJob job;
  job.folder = world;
  job.out = out;
  find_format("grokked").export_data(job);
}

/// What was noted while reading.
inline std::vector<std::string> import_world(const std::filesystem::path& in,
                                             const std::filesystem::path& out) {
  std::vector<std::string> notes;
  ImportJob job;
  job.in = in;
  job.out = out;
  job.note = [&](const std::string& text) { notes.push_back(text); };
  find_format("grokked").import_data(job);
  return notes;
}

inline void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace recombine
