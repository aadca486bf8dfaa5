#include "eval/llm/answers/marked_line.h"

#include <array>

namespace recombine {

std::optional<std::string_view> behind_mark(std::string_view line) {
  static constexpr std::array<std::string_view, 5> kMarks = {"output", "answer", "result", "final",
                                                             "conclusion"};
  std::optional<std::string_view> rest;
  for (const std::string_view mark : kMarks) {
    const std::size_t at = line.rfind(mark);
    if (at == std::string_view::npos) continue;
    const std::string_view behind = line.substr(at + mark.size());
    if (!rest || behind.size() < rest->size()) rest = behind;
  }
  return rest;
}

}  // namespace recombine
