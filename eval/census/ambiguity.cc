#include "eval/census/ambiguity.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/tables/table.h"
#include "generator/grids/check/verify.h"
#include "generator/grids/solver/hidden_sections.h"
#include "generator/writer/in_order.h"

namespace recombine {
namespace {

template <class Keep>
std::optional<Episode> shown_where(const Episode& episode, const Keep& keep) {
  Episode shown;
  shown.queries = episode.queries;
  for (const Example& example : episode.study) {
    if (keep(std::popcount(example.roles))) shown.study.push_back(example);
  }
  if (shown.study.empty()) return std::nullopt;
  return shown;
}

std::optional<Episode> all_pairs(const Episode& episode) {
  return shown_where(episode, [](int rules) { return rules > 0; });
}
std::optional<Episode> no_one_rule(const Episode& episode) {
  return shown_where(episode, [](int rules) { return rules > 1; });
}
std::optional<Episode> no_two_rule(const Episode& episode) {
  return shown_where(episode, [](int rules) { return rules == 1 || rules > 2; });
}

std::optional<Episode> three_shot(const Episode& episode) {
  constexpr std::size_t kShots = 3;
  if (episode.queries.size() <= kShots) return std::nullopt;
  Episode shown;
  const auto first_shot = episode.queries.end() - kShots;
  shown.queries.assign(episode.queries.begin(), first_shot);
  shown.study.assign(first_shot, episode.queries.end());
  return shown;
}

struct StudySetting {
  std::string_view name;
  std::optional<Episode> (*shown)(const Episode& episode);  ///< nothing where it cannot be
};

constexpr std::array<StudySetting, 4> kSettings = {{{"all", all_pairs},
                                                    {"no-one-rule", no_one_rule},
                                                    {"no-two-rule", no_two_rule},
                                                    {"three-shot", three_shot}}};

/// One of each setting and space, empty.
std::vector<Ambiguity> empty_counts() {
  std::vector<Ambiguity> counts;
  for (const StudySetting& setting : kSettings) {
    for (const char* sections : {"known", "shuffled"}) {
      for (const char* order : {"fixed", "any"})
        counts.push_back({std::string(setting.name), order, sections});
    }
  }
  return counts;
}

/// What the solver finds for each of empty_counts(); nothing where the episode has no such pairs.
std::vector<std::optional<Determination>> determinations(const Episode& episode,
                                                         const RuleSpace& rules) {
  std::vector<std::optional<Determination>> found;
  const bool wholly_shown = can_hide_sections(episode);
  // What explains a part of the pairs of more rules, in any of 120 orders or 720, is too much.
  const bool usual = episode.grammar.rules.size() <= kUsualRoles;
  for (const StudySetting& setting : kSettings) {
    const bool counted = usual || &setting == &kSettings.front();
    const std::optional<Episode> shown = counted ? setting.shown(episode) : std::nullopt;
    for (const bool hidden : {false, true}) {
      for (const bool any : {false, true}) {
        RuleSpace space = rules;
        space.any_order = any;
        space.hidden_sections = hidden;
        found.emplace_back();
        if (shown && (!hidden || wholly_shown)) found.back() = determine(*shown, space);
      }
    }
  }
  return found;
}

void add_to(Ambiguity& counts, const Determination& found) {
  ++counts.episodes;
  counts.ambiguous += found.programs == 0 || found.unique() ? 0 : 1;
  counts.queries += static_cast<std::uint64_t>(found.queries);
  counts.determined += static_cast<std::uint64_t>(found.determined);
  counts.solved += static_cast<std::uint64_t>(found.solved);
  counts.guessed += found.guessed;
}

double share(double part, std::uint64_t whole) { return part / static_cast<double>(whole); }
double share(std::uint64_t part, std::uint64_t whole) {
  return share(static_cast<double>(part), whole);
}

std::string space_text(const Ambiguity& counts) {
  return cat(counts.order, " order, sections ", counts.sections);
}

}  // namespace

std::vector<Ambiguity> count_ambiguity(const EpisodeSet& data,
                                       const RuleSpace& rules,
                                       const AmbiguityOptions& options) {
  std::vector<Ambiguity> counts = empty_counts();
  const auto indices = episodes_to_check(data.size(), options.all, false);
  run_in_order(indices.size(), options.threads, [&](std::size_t i) {
    return [&, i, found = determinations(data[indices[i]], rules)] {
      for (std::size_t k = 0; k < found.size(); ++k) {
        if (found[k]) add_to(counts[k], *found[k]);
      }
      if (options.on_episode) options.on_episode(i + 1);
    };
  });
  std::erase_if(counts, [](const Ambiguity& one) { return one.episodes == 0; });
  return counts;
}

Json to_json(const std::vector<Ambiguity>& ambiguity) {
  Json json = Json::object();
  for (const Ambiguity& counts : ambiguity) {
    json[counts.setting][space_text(counts)] = {
        {"episodes", counts.episodes}, {"ambiguous", counts.ambiguous},
        {"queries", counts.queries},   {"determined", counts.determined},
        {"solved", counts.solved},     {"guessed", counts.guessed}};
  }
  return json;
}

std::string to_text(const std::vector<Ambiguity>& ambiguity, int width) {
  if (ambiguity.empty()) return "";
  Table table;
  // What a row is of stands in one cell, which a narrow table has again beside every part of it.
  table.header = {"study pairs, order of rules", "episodes",  "ambiguous %",
                  "one answer % of queries",     "ceiling %", "most programs %"};
  for (const Ambiguity& counts : ambiguity) {
    table.rows.push_back({cat(counts.setting, ", ", space_text(counts)), grouped(counts.episodes),
                          percent(share(counts.ambiguous, counts.episodes)),
                          percent(share(counts.determined, counts.queries)),
                          percent(share(counts.guessed, counts.queries)),
                          percent(share(counts.solved, counts.queries))});
  }
  return "\n" + aligned_text(table, width);
}

}  // namespace recombine
