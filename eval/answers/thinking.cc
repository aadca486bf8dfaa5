#include "eval/answers/thinking.h"

#include <algorithm>
#include <array>

namespace recombine {
namespace {

struct Marks {
  std::string_view begin;
  std::string_view end;
  bool end_is_for_thoughts = true;  ///< and not the end of an answer as well
};

constexpr std::array kMarks = {
    Marks{"<think>", "</think>"},
    Marks{"<thinking>", "</thinking>"},
    Marks{"<thought>", "</thought>"},
    Marks{"<thoughts>", "</thoughts>"},
    Marks{"<reasoning>", "</reasoning>"},
    Marks{"<reflection>", "</reflection>"},
    Marks{"<scratchpad>", "</scratchpad>"},
    Marks{"<seed:think>", "</seed:think>"},
    Marks{"[THINK]", "[/THINK]"},
    Marks{"\u25c1think\u25b7", "\u25c1/think\u25b7"},
    Marks{"<|begin_of_thought|>", "<|end_of_thought|>"},
    Marks{"<|channel|>analysis<|message|>", "<|end|>", false},
};

// One walk from left to right: an end without a beginning makes a thought of all before it.
Spoken without(const std::string& text, const Marks& marks) {
  Spoken spoken;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = std::min(text.find(marks.begin, at), text.size());
    const std::size_t end =
        marks.end_is_for_thoughts ? std::min(text.find(marks.end, at), text.size()) : text.size();
    if (end < begin) {
      spoken.text.clear();
      at = end + marks.end.size();
      continue;
    }
    spoken.text += text.substr(at, begin - at);
    if (begin == text.size()) return spoken;
    const std::size_t close = text.find(marks.end, begin + marks.begin.size());
    spoken.unfinished = close == std::string::npos;
    if (spoken.unfinished) return spoken;
    at = close + marks.end.size();
  }
  return spoken;
}

}  // namespace

Spoken without_thinking(std::string_view text) {
  Spoken spoken{std::string(text)};
  for (const Marks& marks : kMarks) {
    if (spoken.text.find(marks.begin) == std::string::npos &&
        spoken.text.find(marks.end) == std::string::npos)
      continue;
    Spoken rest = without(spoken.text, marks);
    rest.unfinished = rest.unfinished || spoken.unfinished;
    spoken = std::move(rest);
  }
  return spoken;
}

}  // namespace recombine
