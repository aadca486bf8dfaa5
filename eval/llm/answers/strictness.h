#pragma once
// From what a model said to the grid that a person would read, by rules from strict to lenient.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/grid.h"
#include "eval/llm/answers/strict.h"
#include "eval/llm/response.h"

namespace recombine {

/// Rules of reading, from strict to lenient. An answer has the first that reads what a person
/// would.
enum class Strictness : std::uint8_t {
  kStrict,     ///< the published rules
  kMarked,     ///< the last list of lists that is named as the answer
  kList,       ///< the last list of lists
  kRows,       ///< lists that no closed list holds
  kDigits,     ///< rows of digits
  kUnwrapped,  ///< any of these, behind escapes and signs without width, or in a table with numbers
};
inline constexpr std::array<std::string_view, 6> kStrictnessNames = {
    "strict", "marked", "list", "rows", "digits", "unwrapped"};

struct GridReading {
  std::optional<Grid> grid;
  std::optional<Strictness> strictness;  ///< which one read it
  std::string reason;                    ///< why there is no grid: "no grid", "ragged rows", ...
  StrictReading strict;                  ///< of the whole answer, thoughts included, as published
  std::vector<Thought> thoughts;         ///< what was left out
};

/// Of the grids in an answer, thoughts aside, the last that is named as the answer counts, or one
/// behind it where the text takes that back; where none is named, the last that is not a grid of
/// the question. `cut`: the text ends where the longest answer did, so a grid must be named to
/// count.
GridReading read_grid(std::string_view text, int side, bool cut = false);

/// What the rules of one strictness alone make of an answer.
std::optional<Grid> read_at(Strictness strictness, std::string_view text, int side);

}  // namespace recombine
