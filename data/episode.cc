#include "data/episode.h"

#include <algorithm>

#include "data/text.h"

namespace recombine {

std::string_view section_name(Roles roles) {
  constexpr std::array<std::string_view, 8> kNames = {
      "unknown",   "shape",           "colour",           "shape+colour",
      "indicator", "shape+indicator", "colour+indicator", "shape+colour+indicator"};
  return kNames[roles & kAllRoles];
}

std::string to_text(const Rule& rule) {
  std::string text = rule.type;
  for (const Parameter& parameter : rule.parameters) {
    text += " " + parameter.name + "=" + parameter.value;
  }
  return text;
}

int Episode::side() const {
  for (const auto* examples : {&study, &queries, &spare}) {
    if (!examples->empty()) return examples->front().input.side();
  }
  return 0;
}

std::string triplet(const Grammar& grammar) {
  std::array<std::string, 3> types = {grammar.shape_rule.type, grammar.colour_rule.type,
                                      grammar.indicator_rule.type};
  std::ranges::sort(types);
  return join_text(types, "+");
}

}  // namespace recombine
