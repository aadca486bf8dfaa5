#pragma once
// What a model writes to itself before it answers.

#include <string>
#include <string_view>

namespace recombine {

/// An answer without its thoughts.
struct Spoken {
  std::string text;
  bool unfinished = false;  ///< a thought was begun and never ended: there is no answer
};

/// Removes what stands between the marks of thought that models use (<think>, [THINK], channels,
/// ...). Where an end has no beginning, all before it is thought.
Spoken without_thinking(std::string_view text);

}  // namespace recombine
