#include "eval/llm/answers/response_set.h"

#include <algorithm>
#include <fstream>
#include <tuple>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "eval/llm/json_access.h"
#include "eval/llm/provider.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kNoted = 3;  ///< rows of a file that are named

auto rank_of(const Response& response) {
  return std::tie(response.state, response.text, response.detail, response.usage);
}

/// The rows that a whole file holds: a list, or the samples of a log.
const Json* rows_in(const Json& whole) {
  if (whole.is_array()) return &whole;
  const Json& samples = at_path(whole, {"samples"});
  return samples.is_array() ? &samples : nullptr;
}

std::vector<fs::path> files_in(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

ResponseSet::ResponseSet(const PromptPlan& plan, fs::path prompts, Note note)
    : plan_(plan), prompts_(std::move(prompts)), note_(std::move(note)) {
  for (const PlannedRequest& request : plan_.requests) entries_[request.id] = nullptr;
}

bool ResponseSet::read(const fs::path& path) {
  require_data(fs::exists(path), path.string(), ": cannot be read (no such file)");
  const std::uint64_t before = counts_.rows;
  for (const fs::path& file : files_in(path)) {
    require_data(!fs::equivalent(fs::absolute(file).parent_path(), prompts_), file.string(),
                 ": lies in the folder of prompts, so it is a question and no answer; put results "
                 "elsewhere");
    noted_ = 0;
    if (entries_.contains(file.stem().string())) {
      read_text(file, file.stem().string());
    } else {
      read_rows(file);
    }
  }
  return counts_.rows > before;
}

void ResponseSet::read_text(const fs::path& file, const std::string& id) {
  Response response{id, ResponseState::kAnswered, read_file(file), "", {}};
  take(std::move(response), file.string());
}

bool ResponseSet::read_whole(const fs::path& file) {
  const Json whole = try_parse_json(read_file(file));
  if (whole.is_discarded()) return false;
  const Json* rows = rows_in(whole);
  if (rows == nullptr) {
    take_row(whole, file.string());
    return true;
  }
  for (std::size_t i = 0; i < rows->size(); ++i)
    take_row((*rows)[i], cat(file.string(), ": row ", i + 1));
  return true;
}

void ResponseSet::read_rows(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  require_data(stream.good(), file.string(), ": cannot be read");
  std::string line;
  for (std::uint64_t number = 1; std::getline(stream, line); ++number) {
    const bool whole = number == 1 && !Json::accept(line);
    if (whole && read_whole(file)) return;
    take_line(line, cat(file.string(), ":", number));
  }
}

void ResponseSet::take_line(const std::string& line, const std::string& place) {
  if (trim(line).empty()) return;
  const Json json = try_parse_json(line);
  if (json.is_discarded()) {
    refuse(counts_.damaged, place,
           too_deep_at(line) > 0 ? cat("is nested deeper than ", kMaxJsonLevels, " levels")
                                 : "is not JSON; the line may be cut");
  } else if (const Json* rows = rows_in(json)) {
    for (const Json& row : *rows) take_row(row, place);
  } else {
    take_row(json, place);
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
    refuse(counts_.damaged, place, cat("lacks what a result has (", error.what(), ")"));
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
  if (!found->second) {
    found->second = std::make_unique<Entry>(Entry{std::move(response), false});
    return;
  }
  Entry& entry = *found->second;
  ++counts_.repeated;
  const bool both = entry.response.state == ResponseState::kAnswered &&
                    response.state == ResponseState::kAnswered;
  if (both && entry.response.text != response.text && !entry.answered_twice) {
    entry.answered_twice = true;
    ++counts_.contradicting;
  }
  if (rank_of(response) < rank_of(entry.response)) entry.response = std::move(response);
}

void ResponseSet::refuse(std::uint64_t& count, const std::string& place, const std::string& why) {
  ++count;
  if (++noted_ <= kNoted) note_(cat(place, ": ", why, "; left out"));
}

const Response* ResponseSet::find(const std::string& id) const {
  const auto found = entries_.find(id);
  return found == entries_.end() || !found->second ? nullptr : &found->second->response;
}

}  // namespace recombine
