#include "eval/llm/prompts/template.h"

#include <algorithm>

#include "data/error.h"
#include "data/text.h"

namespace recombine {
namespace {

const std::string& find_place(const Places& places, std::string_view name) {
  const auto found = std::ranges::find(places, name, [](const auto& place) { return place.first; });
  if (found != places.end()) return found->second;
  std::vector<std::string> known;
  for (const auto& [other, value] : places) known.push_back(other);
  throw InputError(cat("template: no place {{", name, "}}; did you mean {{",
                       nearest_name(name, known), "}}? known: ", join_text(known, ", ")));
}

}  // namespace

std::string fill_template(std::string_view text, const Places& places) {
  std::string filled;
  while (true) {
    const std::size_t open = text.find("{{");
    filled += text.substr(0, open);
    if (open == std::string_view::npos) return filled;
    const std::size_t close = text.find("}}", open);
    require(close != std::string_view::npos, "template: '",
            text.substr(open, std::min<std::size_t>(text.size() - open, 20)),
            "' opens a place that no }} closes");
    filled += find_place(places, trim(text.substr(open + 2, close - open - 2)));
    text.remove_prefix(close + 2);
  }
}

bool has_place(std::string_view text, std::string_view name) {
  for (std::size_t open = text.find("{{"); open != std::string_view::npos;
       open = text.find("{{", open + 2)) {
    const std::size_t close = text.find("}}", open);
    if (close == std::string_view::npos) return false;
    if (trim(text.substr(open + 2, close - open - 2)) == name) return true;
  }
  return false;
}

}  // namespace recombine
