#pragma once
// What came back, by request: out of result files of any provider, in any order.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "eval/llm/plan.h"
#include "eval/llm/response.h"

namespace recombine {

/// How reading went.
struct ResultCounts {
  std::uint64_t rows = 0;           ///< that answer a planned request
  std::uint64_t damaged = 0;        ///< are no JSON, or lack what they must have
  std::uint64_t unknown = 0;        ///< are of no provider
  std::uint64_t foreign = 0;        ///< answer a request that is not planned
  std::uint64_t repeated = 0;       ///< answer a request that another row answers
  std::uint64_t contradicting = 0;  ///< requests with two different answers
};

class ResponseSet {
 public:
  using Note = std::function<void(const std::string& line)>;

  /// `note` hears of the first rows of each file that do not count. `plan` must outlive the set.
  ResponseSet(const PromptPlan& plan, std::filesystem::path prompts, Note note);

  /// A file of JSON rows, a line each, or of one JSON value over any lines (a row, a list of rows,
  /// or a log with them); a text file named by the id of a request; or a folder of such files.
  /// Whether anything in it answers a planned request.
  bool read(const std::filesystem::path& path);

  /// Of several rows, one with an answer is kept before one that was cut off, refused or failed,
  /// and of several answers the first in alphabetical order: whatever order they came in. Null
  /// where there is none.
  const Response* find(const std::string& id) const;
  const ResultCounts& counts() const { return counts_; }

 private:
  struct Entry {
    Response response;
    bool answered_twice = false;
  };

  void read_rows(const std::filesystem::path& file);
  void read_text(const std::filesystem::path& file, const std::string& id);
  bool read_whole(const std::filesystem::path& file);
  void take_line(const std::string& line, const std::string& place);
  void take_row(const Json& row, const std::string& place);
  void take(Response response, const std::string& place);
  void refuse(std::uint64_t& count, const std::string& place, const std::string& why);

  const PromptPlan& plan_;
  std::filesystem::path prompts_;
  Note note_;
  ResultCounts counts_;
  std::uint64_t noted_ = 0;
  std::unordered_map<std::string, std::unique_ptr<Entry>> entries_;  ///< of planned requests
};

}  // namespace recombine
