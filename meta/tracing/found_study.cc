#include "meta/tracing/found_study.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/text.h"
#include "eval/tables/table.h"
#include "generator/grids/rules/between.h"

namespace recombine {
namespace {

/// With the names of the two rules without an indicator exchanged.
Roles exchanged(Roles roles) {
  const auto indicators = static_cast<Roles>(roles & ~first_roles(kFirstIndicatorRole));
  return static_cast<Roles>(indicators | (has_role(roles, 0) ? kColourRole : 0) |
                            (has_role(roles, 1) ? kShapeRole : 0));
}

void exchange_names(FoundStudy& study) {
  study.exchanged = !study.exchanged;
  for (Roles& section : study.sections) section = exchanged(section);
  for (int& role : study.order) {
    if (role < static_cast<int>(kFirstIndicatorRole)) role = 1 - role;
  }
}

std::vector<int> order_of(std::span<const AfterRule> run) {
  std::vector<int> order;
  for (const AfterRule& each : run) {
    for (std::size_t role = 0; role < kMaxRoles; ++role) {
      if (has_role(each.unit, role)) order.push_back(static_cast<int>(role));
    }
  }
  return order;
}

/// Whether every pair shows every rule: then no section tells rules, or their order, apart.
bool shows_all_alone(const std::vector<Roles>& sections) {
  return std::ranges::all_of(sections, [](Roles section) { return section == kAllRoles; });
}

bool leads(Episode episode, const std::vector<int>& order) {
  episode.grammar.order = order;
  return std::ranges::all_of(episode.queries, [&](const Example& query) {
    return grids_between(episode, query).has_value();
  });
}

std::vector<Roles> true_sections(const Episode& episode) {
  std::vector<Roles> sections;
  for (const Example& pair : episode.study) {
    if (pair.roles == kUnknownRoles) return {};
    sections.push_back(pair.roles);
  }
  return sections;
}

Json names_of(const std::vector<Roles>& sections) {
  Json names = Json::array();
  for (const Roles section : sections) names.push_back(section_name(section));
  return names;
}

Json order_names(const std::vector<int>& order) {
  Json names = Json::array();
  for (const int role : order) names.push_back(role_name(static_cast<std::size_t>(role)));
  return names;
}

/// The counts in the order in which sections stand everywhere.
Json in_section_order(const Json& by_section) {
  Json ordered = Json::object();
  for (const Roles section : kStudySections) {
    const std::string name(section_name(section));
    if (by_section.contains(name)) ordered[name] = by_section[name];
  }
  return ordered;
}

/// Adds the pairs of an episode to the counts of their sections.
void count_sections(Json& by_section, const FoundStudy& study) {
  for (std::size_t pair = 0; pair < study.truth.size(); ++pair) {
    Json& section = by_section[std::string(section_name(study.truth[pair]))];
    if (section.is_null()) section = {{"pairs", 0}, {"right", 0}};
    section["pairs"] = section["pairs"].get<int>() + 1;
    if (study.sections[pair] == study.truth[pair])
      section["right"] = section["right"].get<int>() + 1;
  }
}

}  // namespace

std::size_t FoundStudy::right_sections() const {
  std::size_t right = 0;
  for (std::size_t pair = 0; pair < std::min(sections.size(), truth.size()); ++pair)
    right += sections[pair] == truth[pair] ? 1 : 0;
  return right;
}

FoundStudy found_study(const Episode& episode,
                       std::vector<Roles> sections,
                       std::span<const AfterRule> run) {
  FoundStudy study{.episode = episode.id,
                   .sections = std::move(sections),
                   .truth = true_sections(episode),
                   .order = order_of(run)};
  if (!study.sections.empty()) {
    FoundStudy other = study;
    exchange_names(other);
    if (other.right_sections() > study.right_sections()) study = std::move(other);
  }
  study.order_known =
      episode.grammar.says_rules() && !episode.queries.empty() && !shows_all_alone(study.truth);
  study.order_leads = study.order_known && leads(episode, study.order);
  return study;
}

std::vector<AfterRule> named_run(const FoundStudy& study, std::vector<AfterRule> run) {
  if (!study.exchanged) return run;
  for (AfterRule& each : run) each.unit = exchanged(each.unit);
  return run;
}

Json to_json(std::span<const FoundStudy> studies, bool finds_orders) {
  std::size_t sets = 0;
  std::size_t sets_right = 0;
  std::size_t pairs = 0;
  std::size_t pairs_right = 0;
  std::size_t orders = 0;
  std::size_t orders_right = 0;
  Json by_section = Json::object();
  Json episodes = Json::array();
  for (const FoundStudy& study : studies) {
    const bool has_sections = !study.sections.empty() && !shows_all_alone(study.truth);
    const bool has_order = finds_orders && study.order_known;
    if (!has_sections && !has_order) continue;
    Json episode = {{"episode", study.episode}};
    if (has_sections) episode["sections"] = names_of(study.sections);
    if (has_order) {
      episode["order"] = order_names(study.order);
      ++orders;
      orders_right += study.order_leads ? 1 : 0;
    }
    episodes.push_back(std::move(episode));
    if (!has_sections) continue;
    ++sets;
    pairs += study.truth.size();
    pairs_right += study.right_sections();
    sets_right += study.sections == study.truth ? 1 : 0;
    count_sections(by_section, study);
  }
  if (episodes.empty()) return {};
  Json found = {{"sets", sets},
                {"sets_right", sets_right},
                {"pairs", pairs},
                {"pairs_right", pairs_right},
                {"sections", in_section_order(by_section)},
                {"episodes", std::move(episodes)}};
  if (finds_orders) {
    found["orders"] = orders;
    found["orders_right"] = orders_right;
  }
  return found;
}

std::string found_markdown(const Json& found) {
  if (found.is_null()) return "";
  std::string text;
  if (found["sets"].get<int>() > 0) {
    text += cat("Nobody told it which rules a pair shows: it found the true ones of ",
                found["pairs_right"], " of ", found["pairs"], " pairs, of all pairs in ",
                found["sets_right"], " of ", found["sets"], " study sets. ");
  }
  if (found.contains("orders")) {
    text +=
        cat("Nobody told it the order of the rules: the one that it found leads every query to "
            "its output in ",
            found["orders_right"], " of ", found["orders"], " episodes.");
  }
  text += "\n\n";
  Table table{{"section", "pairs", "found"}, {}};
  for (const Roles section : kStudySections) {
    const std::string name(section_name(section));
    if (!found["sections"].contains(name)) continue;
    const Json& counts = found["sections"][name];
    table.rows.push_back({name, counts["pairs"].dump(), counts["right"].dump()});
  }
  return table.rows.empty() ? text : text + markdown_text(table) + "\n";
}

}  // namespace recombine
