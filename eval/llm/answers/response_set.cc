#include "eval/llm/answers/response_set.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json_words.h"
#include "data/progress.h"
#include "data/reading/text_encoding.h"
#include "data/storage/folder.h"
#include "data/storage/text_file.h"
#include "eval/llm/json_access.h"
#include "eval/llm/provider.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kNoted = 3;  ///< rows of a file that are named

/// The rows that a whole value holds: a list, the samples of a log, the data of a page.
const Json* rows_in(const Json& whole) {
  if (whole.is_array()) return &whole;
  if (whole.is_object() && whole.contains("custom_id")) return nullptr;
  for (const std::string_view key : {"samples", "data", "results", "responses"}) {
    const Json& rows = at_path(whole, {key});
    if (rows.is_array()) return &rows;
  }
  return nullptr;
}

/// The files at `path`: itself, or those of a folder in the natural order of their names.
std::vector<fs::path> files_in(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files = visible_entries(path);
  std::erase_if(files, [](const fs::path& file) { return !fs::is_regular_file(file); });
  return files;
}

/// "r1-e2-q0.txt.gz" -> "r1-e2-q0".
std::string id_of(const fs::path& file) {
  return fs::path(uncompressed_name(file.filename().string())).stem().string();
}

/// Whether two rows are one that was fetched twice.
bool is_same(const Response& a, const Response& b) {
  return a.state == b.state && a.text == b.text && a.serial == b.serial && a.detail == b.detail;
}

/// Whether two of the answers say different things.
bool contradicts(const std::vector<Response>& entry) {
  const Response* first = nullptr;
  for (const Response& response : entry) {
    if (response.state != ResponseState::kAnswered) continue;
    if (first != nullptr && first->text != response.text) return true;
    first = &response;
  }
  return false;
}

/// A row as its choices, each an answer of its own.
std::vector<Response> choices_in(Response response) {
  std::vector<Response> choices = std::move(response.others);
  response.others.clear();
  for (std::size_t i = 0; i < choices.size(); ++i) {
    choices[i].id = response.id;
    choices[i].model = response.model;
    choices[i].made_at = response.made_at;
    choices[i].serial = cat(response.serial, "#", i + 1);
  }
  choices.insert(choices.begin(), std::move(response));
  return choices;
}

}  // namespace

ResponseSet::ResponseSet(const PromptPlan& plan, fs::path prompts, Note note)
    : plan_(plan), prompts_(std::move(prompts)), note_(std::move(note)) {
  for (const PlannedRequest& request : plan_.requests) entries_[request.id];
}

bool ResponseSet::read(const fs::path& path) {
  require_data(fs::exists(path), path.string(), ": cannot be read (no such file)");
  const std::uint64_t before = counts_.rows;
  for (const fs::path& file : files_in(path)) {
    require_data(!fs::equivalent(fs::absolute(file).parent_path(), prompts_), file.string(),
                 ": lies in the folder of prompts, so it is a question and no answer; put results "
                 "elsewhere");
    noted_ = 0;
    read_file_of(file);
  }
  return counts_.rows > before;
}

void ResponseSet::read_file_of(const fs::path& file) {
  const std::string text = read_text_file(file);
  const std::string id = id_of(file);
  if (entries_.contains(id)) {
    read_text(file, text, id);
  } else {
    read_rows(file, text);
  }
}

void ResponseSet::read_text(const fs::path& file, std::string_view text, const std::string& id) {
  std::uint64_t replaced = 0;
  Response response{id, ResponseState::kAnswered, valid_utf8(text, replaced), "", {}};
  counts_.mends.bytes += replaced;
  if (text.find('\0') != std::string_view::npos) {
    refuse(counts_.damaged, file.string(), "is no text: it holds zero bytes");
    return;
  }
  take(std::move(response), file.string());
}

bool ResponseSet::read_whole(const fs::path& file, std::string_view text) {
  const LenientJson whole = read_lenient_json(text);
  if (!whole.good()) return false;
  counts_.mends += whole.mends;
  const Json* rows = rows_in(whole.json);
  if (rows == nullptr) {
    take_row(whole.json, file.string());
    return true;
  }
  for (std::size_t i = 0; i < rows->size(); ++i)
    take_row((*rows)[i], cat(file.string(), ": row ", i + 1));
  return true;
}

// Values over several lines each, one after the other, or in a list that is cut off. The last may
// be cut off.
bool ResponseSet::read_values(const fs::path& file, std::string_view text) {
  std::vector<std::string_view> values = json_values(text);
  if (values.size() < 2) values = cut_list_values(text);
  if (values.size() < 2 || !read_lenient_json(values.front()).good()) return false;
  for (std::size_t i = 0; i < values.size(); ++i)
    take_line(values[i], cat(file.string(), ": value ", i + 1));
  return true;
}

void ResponseSet::read_rows(const fs::path& file, std::string_view text) {
  bool first = true;
  bool whole = false;
  for_each_text_line(text, [&](std::string_view line, std::uint64_t number) {
    if (first && !read_lenient_json(line).good())
      whole = read_whole(file, text) || read_values(file, text);
    first = false;
    if (!whole) take_line(line, cat(file.string(), ":", number));
  });
}

void ResponseSet::take_line(std::string_view line, const std::string& place) {
  const LenientJson read = read_lenient_json(line);
  if (!read.good()) return refuse(counts_.damaged, place, read.reason);
  counts_.mends += read.mends;
  if (const Json* rows = rows_in(read.json)) {
    for (const Json& row : *rows) take_row(row, place);
  } else {
    take_row(read.json, place);
  }
}

void ResponseSet::take_row(const Json& row, const std::string& place) {
  check_interrupted("nothing was written; run it again");
  try {
    for (const Provider& provider : providers()) {
      auto response = provider.response == nullptr ? std::nullopt : provider.response(row);
      if (response) return take(std::move(*response), place);
    }
    refuse(counts_.unknown, place, "is a row of none of the known providers");
  } catch (const Json::exception& error) {
    refuse(counts_.damaged, place, cat("lacks what a result has (", json_words(error), ")"));
  } catch (const DataError& error) {
    refuse(counts_.damaged, place, error.what());
  }
}

void ResponseSet::take(Response response, const std::string& place) {
  const auto found = entries_.find(response.id);
  if (found == entries_.end()) {
    refuse(counts_.foreign, place, cat("answers ", response.id, ", which is not planned here"));
    return;
  }
  ++counts_.rows;
  std::vector<Response>& entry = found->second;
  counts_.repeated += entry.empty() ? 0 : 1;
  counts_.choices += response.others.size();
  const bool before = contradicts(entry);
  for (Response& choice : choices_in(std::move(response))) {
    const auto same = [&](const Response& other) { return is_same(choice, other); };
    if (std::ranges::none_of(entry, same)) entry.push_back(std::move(choice));
  }
  counts_.contradicting += !before && contradicts(entry) ? 1 : 0;
}

void ResponseSet::refuse(std::uint64_t& count, const std::string& place, const std::string& why) {
  ++count;
  if (++noted_ <= kNoted) note_(cat(place, ": ", why, "; left out"));
}

RequestAnswers ResponseSet::find_all(const std::string& id) const {
  RequestAnswers answers;
  const auto found = entries_.find(id);
  if (found == entries_.end()) return answers;
  for (const Response& response : found->second) answers.push_back(&response);
  std::ranges::stable_sort(answers, {}, [](const Response* answer) {
    return std::pair(answer->state == ResponseState::kErrored, answer->made_at);
  });
  return answers;
}

const Response* ResponseSet::find(const std::string& id) const {
  return chosen_answer(find_all(id), Repeats::kFirst, {});
}

}  // namespace recombine
