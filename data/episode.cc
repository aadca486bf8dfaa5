#include "data/episode.h"

#include <algorithm>
#include <utility>

#include "data/triplets.h"

namespace recombine {

std::string_view role_name(std::size_t role) {
  constexpr std::array<std::string_view, kMaxRoles> kNames = {
      "shape", "colour", "indicator", "indicator2", "indicator3", "indicator4"};
  return kNames.at(role);
}

std::vector<Roles> study_sections(std::size_t roles) {
  std::vector<Roles> sections;
  for (std::size_t role = 0; role < roles; ++role) sections.push_back(role_bit(role));
  for (std::size_t one = 0; one < roles; ++one) {
    for (std::size_t other = one + 1; other < roles; ++other)
      sections.push_back(role_bit(one) | role_bit(other));
  }
  return sections;
}

std::string_view section_name(Roles roles) {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names = {"unknown"};
    for (unsigned set = 1; set <= first_roles(kMaxRoles); ++set) {
      std::string& name = names.emplace_back();
      for (std::size_t role = 0; role < kMaxRoles; ++role) {
        if (!has_role(static_cast<Roles>(set), role)) continue;
        if (!name.empty()) name += '+';
        name += role_name(role);
      }
    }
    return names;
  }();
  return kNames[roles & first_roles(kMaxRoles)];
}

std::string to_text(const Rule& rule) {
  std::string text = rule.type;
  for (const Parameter& parameter : rule.parameters) {
    text += " " + parameter.name + "=" + parameter.value;
  }
  return text;
}

std::string rule_label(const Rule& rule) {
  std::string label = rule.type;
  for (const Parameter& parameter : rule.parameters)
    label += " " + parameter.name + "_" + parameter.value;
  return label;
}

int Episode::side() const {
  for (const auto* examples : {&study, &queries, &spare}) {
    if (!examples->empty()) return examples->front().input.side();
  }
  return 0;
}

void Grammar::resize(std::size_t roles) {
  rules.resize(roles);
  indicators.resize(roles - kFirstIndicatorRole);
}

bool Grammar::says_rules() const {
  return std::ranges::none_of(rules, [](const Rule& rule) { return rule.type.empty(); });
}

std::vector<std::size_t> Grammar::applied(Roles roles) const {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::size_t role = order.empty() ? i : static_cast<std::size_t>(order[i]);
    if (has_role(roles, role)) places.push_back(role);
  }
  return places;
}

std::string text_without_places(const Grammar& grammar) {
  if (!grammar.says_rules()) return "";
  std::string text;
  for (const Rule& rule : grammar.rules) text += to_text(rule) + "|";
  text += grammar.role_shape + "|" + std::to_string(grammar.role_colour);
  for (const Indicator& indicator : grammar.indicators)
    text += "|" + indicator.shape + "|" + std::to_string(indicator.colour);
  for (const int role : grammar.order) text += "|" + std::to_string(role);
  return text;
}

std::string indicator_rules_text(const Grammar& grammar) {
  std::string text;
  for (std::size_t role = kFirstIndicatorRole; role < grammar.rules.size(); ++role) {
    if (!text.empty()) text += "; ";
    text += to_text(grammar.rules[role]);
  }
  return text;
}

std::string order_text(const Grammar& grammar) {
  std::string text;
  for (const std::size_t role : grammar.applied(grammar.all_roles())) {
    if (!text.empty()) text += '-';
    text += role_name(role);
  }
  return text;
}

std::string triplet(const Grammar& grammar) {
  std::vector<std::string> types;
  types.reserve(grammar.rules.size());
  for (const Rule& rule : grammar.rules) types.push_back(rule.type);
  return triplet_text(std::move(types));
}

}  // namespace recombine
