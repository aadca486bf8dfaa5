#pragma once
// The common part of formats that hold one item a line.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "data/episode.h"
#include "data/fact_vocabulary.h"
#include "data/formats/format.h"
#include "data/json.h"
#include "data/reading/in_order.h"

namespace recombine {

/// Hands every line of a text file that is not blank (data/storage/text_file.h), and its number
/// among them, from 0, to `read`, on all cores at once; calls what that returns one after another,
/// in the order of the lines. `threads` 0: all cores. A DataError that either throws gets
/// "file:line: " in front (lines from 1, blank ones counted), and words for a last line that was
/// cut off.
void for_each_line(
    const std::filesystem::path& file,
    int threads,
    const std::function<UseResult(std::string_view line, std::uint64_t index)>& read);

/// As parse_json(), but throws DataError, which says where reading stopped.
Json json_from_text(std::string_view text);

/// The value of a key; throws DataError, naming the key, where the object has none.
const Json& member(const Json& object, const char* key);

/// How an item becomes a line, its end included; null for a family that the format does not have.
struct LineWriters {
  std::function<void(std::string& text, const Episode& episode)> episode;
  std::function<void(std::string& text, const FactItem& item, const FactVocabulary& vocabulary)>
      fact;
};

/// Writes the set in `folder` to `out`, a line an item.
void export_lines(const ExportJob& job,
                  const std::filesystem::path& folder,
                  const std::filesystem::path& out,
                  const LineWriters& writers);

/// One set: the file job.out. A split: the folder job.out with a file a set, named as the set with
/// `suffix` behind it.
void export_each_set(const ExportJob& job, std::string_view suffix, const LineWriters& writers);

}  // namespace recombine
