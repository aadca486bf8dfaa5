#pragma once
// From what a model said to the entities that a person would read.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/fact_vocabulary.h"
#include "eval/llm/response.h"

namespace recombine {

struct FactReading {
  std::vector<Token> entities;    ///< bridges, then the answer; empty where there is none
  std::string strictness;         ///< "strict", "marked" or "last"
  std::string reason;             ///< why nothing was read: "no entity", "unknown entity", ...
  bool strict = false;            ///< whether the strict rule holds, thoughts included
  std::vector<Token> strictly;    ///< what it reads then
  std::vector<Thought> thoughts;  ///< what was left out
};

/// `words`: how many entities were asked for. Strict: behind the first "output" stand so many
/// entities (e_12), up to the end of the line, and nothing else. Marked: the last line that names
/// an output or answer; last: the last line with entities. Of more entities than were asked for the
/// last count. `cut` as in read_grid().
FactReading read_fact(std::string_view text,
                      int words,
                      const FactVocabulary& vocabulary,
                      bool cut = false);

}  // namespace recombine
