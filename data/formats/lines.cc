#include "data/formats/lines.h"

#include <memory>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/output.h"
#include "data/json_words.h"
#include "data/storage/dataset.h"
#include "data/storage/text_file.h"
#include "data/text.h"

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

/// A batch of lines, and the number of its first among all.
struct NumberedBatch {
  LineBatch batch;
  std::uint64_t first = 0;
};

using ReadLine = std::function<UseResult(std::string_view, std::uint64_t)>;

/// What becomes of the lines of a batch, up to the first that is bad.
UseResult read_batch(const fs::path& file, const NumberedBatch& numbered, const ReadLine& read) {
  const LineBatch& batch = numbered.batch;
  std::vector<UseResult> uses;
  for (std::size_t i = 0; i < batch.lines.size(); ++i) {
    try {
      uses.push_back(read(batch.line(batch.lines[i]), numbered.first + i));
    } catch (const DataError& error) {
      uses.emplace_back([text = std::string(error.what())] { throw DataError(text); });
      break;
    }
  }
  return [&file, uses = std::move(uses), lines = batch.lines, open_ended = batch.open_ended] {
    for (std::size_t i = 0; i < uses.size(); ++i) {
      try {
        uses[i]();
      } catch (const DataError& error) {
        const bool cut = open_ended && i + 1 == lines.size();
        throw DataError(cat(file.string(), ":", lines[i].number, ": ", error.what(),
                            cut ? "; the last line has no end: the file may be cut off" : ""));
      }
    }
  };
}

}  // namespace

void for_each_line(const fs::path& file, int threads, const ReadLine& read) {
  LineBatches batches(file);
  std::uint64_t lines = 0;
  stream_in_order(threads, [&]() -> WorkPart {
    const auto next = std::make_shared<NumberedBatch>();
    if (!batches.next(next->batch)) return {};
    next->first = lines;
    lines += next->batch.lines.size();
    return [&file, &read, next] { return read_batch(file, *next, read); };
  });
}

Json json_from_text(std::string_view text) {
  if (Json json = try_parse_json(text); !json.is_discarded()) return json;
  require_data(too_deep_at(text) == 0, "is nested deeper than ", kMaxJsonLevels, " levels");
  const std::string_view all = trim(text);
  require_data(!all.empty(), "is empty");
  require_data(all != "[" && all != "{", "is JSON over several lines; give one item a line");
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw DataError(cat("is not JSON from byte ", error.byte, " on"));
  } catch (const Json::exception& error) {
    throw DataError(cat("cannot be read as JSON (", json_words(error), ")"));
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
  require_answers(set.manifest(), set.folder());
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
