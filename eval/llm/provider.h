#pragma once
// For whom requests are written, and whose results are read. To add one: a file in
// eval/llm/providers/ and a line in registry.cc.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/json.h"
#include "eval/llm/config.h"
#include "eval/llm/question.h"
#include "eval/llm/response.h"

namespace recombine {

/// The first file of requests is called so, with the ending behind it.
inline constexpr std::string_view kFirstRequests = "requests-001";

/// How requests lie in files, and how many a file may have.
struct RequestFiles {
  std::string_view ending;  ///< ".jsonl"
  std::string_view head;    ///< before the first request of a file
  std::string_view between;
  std::string_view tail;
  std::uint64_t max_requests = 0;  ///< 0: any number
  std::uint64_t max_bytes = 0;     ///< 0: any size
  bool one_each = false;           ///< a file a request, named by its id; its picture beside it
};

/// A file that a tool needs beside the requests.
struct Companion {
  std::string name;
  std::string text;
};

/// What a companion is made of.
struct PromptFolder {
  std::string folder;  ///< absolute
  std::string split;   ///< name of the set that is asked about, as a word
  std::string digest;
  int side = 0;  ///< of grids; 0: facts
};

struct Provider {
  std::string_view name;
  std::string_view summary;
  RequestFiles files;
  bool images = false;
  bool reasoning = false;  ///< whether a request can say how hard to think
  bool vertex = false;     ///< whether there is a flavour for Vertex AI
  /// The text of a request, as it stands in its file.
  std::string (*request)(const Question& question, const PromptConfig& config) = nullptr;
  /// Null where the requests are enough.
  std::vector<Companion> (*companions)(const PromptFolder& folder,
                                       const PromptConfig& config) = nullptr;
  /// What a row of results says; nothing where it is no row of this provider's. Throws
  /// Json::exception or DataError where it is one and is damaged. Null where results are no JSON.
  std::optional<Response> (*response)(const Json& row) = nullptr;
};

std::span<const Provider> providers();

/// Throws InputError, naming the nearest, where there is none of that name.
const Provider& find_provider(std::string_view name);

}  // namespace recombine
