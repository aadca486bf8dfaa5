#pragma once
// How answers were read: P.readings.json beside P.jsonl.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

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
  Usage usage;
  std::string text;  ///< of an answer that was not read, at most 20,000 bytes
};

struct AnswerCounts {
  std::uint64_t planned = 0;
  std::map<std::string, std::uint64_t>
      states;  ///< answered, cut off, refused, provider error, missing
  std::map<std::string, std::uint64_t> strictness;
  std::map<std::string, std::uint64_t> reasons;
  std::uint64_t read = 0;
  std::uint64_t strict = 0;
  std::uint64_t differs = 0;
  Usage usage;
  std::optional<double> cost;  ///< of the tokens, where they and their prices are known

  void add(const Reading& reading);
};

/// "P.jsonl" -> "P.readings.json".
std::filesystem::path readings_file(const std::filesystem::path& predictions);

void write_readings(const std::filesystem::path& predictions,
                    const AnswerCounts& counts,
                    const std::vector<Reading>& readings);

}  // namespace recombine
