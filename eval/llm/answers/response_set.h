#pragma once
// What came back, by request: out of result files of any provider, in any order.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/reading/lenient_json.h"
#include "eval/llm/answers/repeats.h"
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
  std::uint64_t choices = 0;        ///< further choices within rows
  JsonMends mends;                  ///< of rows that were nearly JSON, and of texts
};

class ResponseSet {
 public:
  using Note = std::function<void(const std::string& line)>;

  /// `note` hears of the first rows of each file that do not count. `plan` must outlive the set.
  ResponseSet(const PromptPlan& plan, std::filesystem::path prompts, Note note);

  /// A file of JSON rows, a line each, or of JSON values over any lines (rows, a list of rows, or a
  /// log with them); a text file named by the id of a request; or a folder of such files, in which
  /// hidden ones are passed over. Any of them may be compressed, and in any encoding. Whether
  /// anything in it answers a planned request.
  bool read(const std::filesystem::path& path);

  /// All answers to a request in the order in which they were made, by their own word, or else in
  /// which they were read; failed ones last, the same answer once.
  RequestAnswers find_all(const std::string& id) const;
  /// The first with an answer; null where there is none.
  const Response* find(const std::string& id) const;
  const ResultCounts& counts() const { return counts_; }

 private:
  void read_file_of(const std::filesystem::path& file);
  void read_text(const std::filesystem::path& file, std::string_view text, const std::string& id);
  void read_rows(const std::filesystem::path& file, std::string_view text);
  bool read_whole(const std::filesystem::path& file, std::string_view text);
  bool read_values(const std::filesystem::path& file, std::string_view text);
  void take_line(std::string_view line, const std::string& place);
  void take_row(const Json& row, const std::string& place);
  void take(Response response, const std::string& place);
  void refuse(std::uint64_t& count, const std::string& place, const std::string& why);

  const PromptPlan& plan_;
  std::filesystem::path prompts_;
  Note note_;
  ResultCounts counts_;
  std::uint64_t noted_ = 0;
  std::unordered_map<std::string, std::vector<Response>> entries_;  ///< of planned requests
};

}  // namespace recombine
