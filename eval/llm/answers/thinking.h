#pragma once
// What a model writes to itself before it answers.

#include <string>
#include <string_view>
#include <vector>

#include "eval/llm/response.h"

namespace recombine {

/// An answer without its thoughts.
struct Spoken {
  std::string text;
  std::vector<Thought> thoughts;  ///< what was removed, in its order; none is empty
  bool unfinished = false;        ///< a thought was begun and never ended: there is no answer
};

/// Removes what stands between the marks of thoughts that models use (thought_marks.h), in any
/// spelling and case. Where an end has no beginning, all before it is thought.
Spoken without_thinking(std::string_view text);

}  // namespace recombine
