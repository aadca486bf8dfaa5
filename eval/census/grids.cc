#include "eval/census/grids.h"

#include <algorithm>
#include <span>
#include <unordered_set>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/scoring/factors.h"
#include "eval/tables/table.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/solver/solver.h"
#include "generator/writer/in_order.h"

namespace recombine {
namespace {

/// Inputs that equal one before them.
std::uint64_t repeated_inputs(std::span<const Example> examples) {
  std::uint64_t repeated = 0;
  for (std::size_t i = 1; i < examples.size(); ++i) {
    const auto before = examples.first(i);
    if (std::ranges::find(before, examples[i].input, &Example::input) != before.end()) ++repeated;
  }
  return repeated;
}

std::uint64_t shown_queries(const Episode& episode) {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(episode.queries, [&](const Example& query) {
        return std::ranges::find(episode.study, query.input, &Example::input) !=
               episode.study.end();
      }));
}

class GridCounter {
 public:
  GridCounter() {
    for (const GridFactor& factor : grid_factors())
      result_.factors.emplace_back(factor.name, CountTable{});
    for (const char* kind : {"ids", "grammars", "queries asked twice",
                             "queries shown in the study pairs", "study inputs shown twice"}) {
      result_.duplicates[kind] = 0;
    }
  }

  /// `solution` and `values`, in the order of grid_factors(), are the episode's.
  void add(const Episode& episode,
           const Determination& solution,
           const std::vector<FactorValues>& values) {
    ++result_.count;
    result_.study += episode.study.size();
    result_.queries += episode.queries.size();
    for (std::size_t i = 0; i < result_.factors.size(); ++i) {
      for (const std::string& value : values[i]) ++result_.factors[i].second[value];
    }
    ++result_.programs[std::to_string(solution.programs)];
    result_.determined += static_cast<std::uint64_t>(solution.determined);
    result_.solved += static_cast<std::uint64_t>(solution.solved);
    count_duplicates(episode);
  }

  SetStatistics result() const { return result_; }

 private:
  void count_duplicates(const Episode& episode) {
    auto& duplicates = result_.duplicates;
    duplicates["ids"] += ids_.insert(episode.id).second ? 0 : 1;
    const std::string grammar =
        episode.grammar.role_shape.empty() ? "" : text_without_places(episode.grammar);
    duplicates["grammars"] += grammar.empty() || grammars_.insert(grammar).second ? 0 : 1;
    duplicates["queries asked twice"] += repeated_inputs(episode.queries);
    duplicates["queries shown in the study pairs"] += shown_queries(episode);
    duplicates["study inputs shown twice"] += repeated_inputs(episode.study);
  }

  SetStatistics result_;
  std::unordered_set<std::string> ids_;
  std::unordered_set<std::string> grammars_;
};

}  // namespace

RuleSpace rules_known_of(const EpisodeSet& data) {
  const Json& recipe = data.manifest().recipe;
  RuleSpace rules = rules_of(grids_of(recipe));
  if (says_grids(recipe)) return rules;
  for (const Episode& episode : data) add_rules_of(episode, rules);
  return rules;
}

SetStatistics count_set(const EpisodeSet& data,
                        const std::function<void(std::size_t)>& on_episode,
                        int threads) {
  const RuleSpace rules = rules_known_of(data);
  GridCounter counter;
  run_in_order(data.size(), threads, [&](std::size_t index) {
    Episode episode = data[index];
    const Determination solution = determine(episode, rules);
    const auto values = grid_factor_values(episode, rules);
    return [&, index, solution, values, episode = std::move(episode)] {
      counter.add(episode, solution, values);
      if (on_episode) on_episode(index + 1);
    };
  });
  return counter.result();
}

Json to_json(const SetStatistics& statistics) {
  Json factors = Json::object();
  for (const auto& [name, counts] : statistics.factors) factors[name] = counts;
  return {{"count", statistics.count},
          {"study_pairs", statistics.study},
          {"queries", statistics.queries},
          {"factors", std::move(factors)},
          {"solver",
           {{"programs", statistics.programs},
            {"determined", statistics.determined},
            {"solved", statistics.solved}}},
          {"duplicates", statistics.duplicates},
          {"ambiguity", to_json(statistics.ambiguity)}};
}

std::string to_text(const SetStatistics& statistics, int width) {
  std::string text = cat(grouped(statistics.count), " episodes, ", grouped(statistics.study),
                         " study pairs, ", grouped(statistics.queries), " queries\n");
  for (const auto& [name, counts] : statistics.factors) {
    text += count_table_text(name, counts, sum_of(counts), width);
  }
  text += count_table_text("programs that explain the study pairs", statistics.programs,
                           statistics.count, width);
  text += cat("\nsolver: ", grouped(statistics.determined), " of ", grouped(statistics.queries),
              " queries have one possible answer;\n        it gives the recorded answer to ",
              grouped(statistics.solved), "\n");
  text += count_table_text("duplicates", statistics.duplicates, statistics.queries, width);
  return text + to_text(statistics.ambiguity, width);
}

}  // namespace recombine
