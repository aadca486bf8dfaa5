#include "eval/llm/answers/thinking.h"

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

/// Where `mark` comes next; walks over a text once, however often it is asked.
class NextMark {
 public:
  NextMark(const std::string& text, std::string_view mark)
      : text_(text), mark_(mark), next_(std::min(text.find(mark), text.size())) {}

  /// The size of the text where it comes no more. Requires that `from` never falls.
  std::size_t from(std::size_t from) {
    if (next_ < from) next_ = std::min(text_.find(mark_, from), text_.size());
    return next_;
  }

 private:
  const std::string& text_;
  std::string_view mark_;
  std::size_t next_;
};

// One walk from left to right: an end without a beginning makes a thought of all before it.
Spoken without(const std::string& text, const Marks& marks) {
  Spoken spoken;
  NextMark next_begin(text, marks.begin);
  NextMark next_end(text, marks.end);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = next_begin.from(at);
    if (marks.end_is_for_thoughts && next_end.from(at) < begin) {
      spoken.text.clear();
      at = next_end.from(at) + marks.end.size();
      continue;
    }
    spoken.text += text.substr(at, begin - at);
    if (begin == text.size()) return spoken;
    const std::size_t close = next_end.from(begin + marks.begin.size());
    spoken.unfinished = close == text.size();
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
