#include "data/formats/lines.h"

#include <fstream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/output.h"
#include "data/storage/dataset.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

template <class Set, class AppendLine>
void write_lines(const ExportJob& job,
                 const Set& set,
                 const fs::path& out,
                 const AppendLine& append_line) {
  constexpr std::size_t kBufferBytes = std::size_t{1} << 20U;
  OutputFile file(out, job.force);
  std::string text;
  std::uint64_t done = 0;
  for (const auto& item : set) {
    append_line(text, item);
    if (text.size() >= kBufferBytes) {
      file.write(text);
      text.clear();
    }
    job.watch(++done, set.size());
  }
  file.write(text);
  file.finish();
}

std::ifstream opened(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  require_data(in.good() && !fs::is_directory(file), file.string(), ": cannot be read (",
               fs::exists(file) ? "not a readable file" : "no such file", ")");
  return in;
}

}  // namespace

std::string first_line(const fs::path& file) {
  std::ifstream in = opened(file);
  std::string line;
  std::getline(in, line);
  return line;
}

void for_each_line(const fs::path& file,
                   const std::function<void(std::string_view, std::uint64_t)>& take) {
  std::ifstream in = opened(file);
  std::string line;
  for (std::uint64_t index = 0; std::getline(in, line); ++index) {
    try {
      take(line, index);
    } catch (const DataError& error) {
      throw DataError(cat(file.string(), ":", index + 1, ": ", error.what(),
                          in.eof() ? "; the last line has no end: the file may be cut off" : ""));
    }
  }
  require_data(!in.bad(), file.string(), ": cannot be read");
}

Json json_from_text(std::string_view text) {
  require_data(too_deep_at(text) == 0, "is nested deeper than ", kMaxJsonLevels, " levels");
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw DataError(cat("is not JSON from byte ", error.byte, " on"));
  }
}

const Json& member(const Json& object, const char* key) {
  require_data(object.is_object(), "an object with \"", key, "\" was expected");
  const auto found = object.find(key);
  require_data(found != object.end(), "no \"", key, "\"");
  return *found;
}

void write_set(const ExportJob& job,
               const EpisodeSet& set,
               const fs::path& out,
               const LineWriters& writers) {
  write_lines(job, set, out, writers.episode);
}

void write_set(const ExportJob& job,
               const FactSet& set,
               const fs::path& out,
               const LineWriters& writers) {
  require_data(writers.fact != nullptr, set.folder().string(), ": holds ", kFacts.items,
               ", which this format has no lines for");
  write_lines(job, set, out, [&](std::string& text, const FactItem& item) {
    writers.fact(text, item, set.records().vocabulary);
  });
}

void export_lines(const ExportJob& job,
                  const fs::path& folder,
                  const fs::path& out,
                  const LineWriters& writers) {
  open_set(folder, [&](const auto& set) { write_set(job, set, out, writers); });
}

void export_each_set(const ExportJob& job, std::string_view suffix, const LineWriters& writers) {
  const std::vector<std::string> names = data_set_names(job.folder);
  if (names.front().empty()) {
    export_lines(job, job.folder, job.out, writers);
    return;
  }
  OutputFolder folder(job.out, job.force);
  for (const std::string& name : names) {
    export_lines(job, job.folder / name, folder.part() / cat(name, suffix), writers);
  }
  folder.finish();
}

}  // namespace recombine
