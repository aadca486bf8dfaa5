#pragma once
// How answers were read: P.readings.json beside P.jsonl.

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/reading/lenient_json.h"
#include "data/storage/file.h"
#include "eval/llm/plan.h"
#include "eval/llm/response.h"

namespace recombine {

/// One planned request with what came of it.
struct Reading {
  std::string id;
  std::string item;
  int query = 0;
  std::string state;          ///< state_name(), or "missing"
  std::string strictness;     ///< which one read it; "" where none did
  bool strict = false;        ///< whether the strict rules hold it valid
  bool differs = false;       ///< whether they read another answer
  std::string reason;         ///< why nothing was read
  std::string strict_reason;  ///< why the strict rules do not
  std::string detail;         ///< the provider's words where there is no answer
  std::string ended;          ///< why it ended, in the provider's word; "": not said
  std::uint64_t answers = 1;  ///< that came for the request; this is one of them
  Usage usage;
  std::vector<Thought> thoughts;  ///< what was no part of the answer; 20,000 bytes of it are kept
  std::string text;               ///< of an answer that was not read, at most 20,000 bytes
};

struct AnswerCounts {
  std::uint64_t planned = 0;
  std::map<std::string, std::uint64_t> states;  ///< as state_name(), and missing
  std::map<std::string, std::uint64_t> ended;   ///< by the providers' words
  std::map<std::string, std::uint64_t> strictness;
  std::map<std::string, std::uint64_t> reasons;
  std::map<std::string, std::uint64_t> thoughts;  ///< answers with a thought of a kind
  std::uint64_t several = 0;                      ///< requests with more than one answer
  std::string repeats;                            ///< which of them counts
  std::uint64_t read = 0;
  std::uint64_t strict = 0;
  std::uint64_t differs = 0;
  Usage usage;
  std::optional<double> cost;  ///< of the tokens, where they and their prices are known

  void add(const Reading& reading);
};

/// The readings of predictions, on the disk but for their name, which commit() gives.
std::unique_ptr<AtomicFile> begin_readings(const std::filesystem::path& predictions,
                                           const AnswerCounts& counts,
                                           const JsonMends& mends,
                                           const std::vector<Reading>& readings);

}  // namespace recombine
