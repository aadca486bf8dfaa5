#pragma once
// How one query was answered.

#include <cstdint>
#include <string>
#include <vector>

#include "eval/errors/verdict.h"
#include "eval/scoring/statistics.h"

namespace recombine {

struct Prediction;

enum class QueryState : std::uint8_t { kAnswered, kInvalid, kMissing };

struct QueryScore {
  QueryState state = QueryState::kMissing;
  std::string invalid;                 ///< why
  const Prediction* answer = nullptr;  ///< null where it is missing
  std::vector<Count> counts;  ///< right of 1 for each figure, exact first; of 0 where it does not
                              ///< apply
  ErrorVerdict error;         ///< of a wrong answer, once the family has explained it

  bool exact() const { return counts.front().right > 0; }
};

}  // namespace recombine
