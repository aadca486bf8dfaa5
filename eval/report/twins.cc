#include "eval/report/twins.h"

#include <nlohmann/json.hpp>

#include "data/error.h"

namespace recombine {
namespace {

Json twin_group_json(const TwinGroup& group) {
  return {{"pairs", group.pairs},
          {"queries", group.queries},
          {"right", group.right},
          {"both_right", group.both_right},
          {"twins_truth", group.twins_truth},
          {"consistent", to_json(group.consistent)},
          {"answers_twins_truth", to_json(group.answers_twins_truth)}};
}

TwinGroup twin_group_of(const Json& json) {
  TwinGroup group;
  group.pairs = whole<std::uint64_t>(json.at("pairs"));
  group.queries = whole<std::uint64_t>(json.at("queries"));
  group.right = whole<std::uint64_t>(json.at("right"));
  group.both_right = whole<std::uint64_t>(json.at("both_right"));
  group.twins_truth = whole<std::uint64_t>(json.at("twins_truth"));
  group.consistent = interval_of(json.at("consistent"));
  group.answers_twins_truth = interval_of(json.at("answers_twins_truth"));
  return group;
}

std::vector<std::string> twin_row(const std::string& split,
                                  const std::string& change,
                                  const TwinGroup& group) {
  const double right = Count{group.right, group.queries}.share();
  return {split,
          change,
          grouped(group.pairs),
          grouped(group.queries),
          percent(right),
          group.right == 0 ? "-" : percent(group.consistent),
          percent(group.answers_twins_truth)};
}

}  // namespace

Json to_json(const TwinScores& scores) {
  Json json = twin_group_json(scores.all);
  json["by_change"] = Json::object();
  for (const auto& [change, group] : scores.by_change)
    json["by_change"][change] = twin_group_json(group);
  return json;
}

TwinScores twin_scores_of(const Json& json) {
  TwinScores scores{twin_group_of(json), {}};
  for (const auto& [change, group] : json.at("by_change").items())
    scores.by_change.emplace_back(change, twin_group_of(group));
  return scores;
}

Table twin_table(const Report& report) {
  Table table{{"twins", "rule changed", "pairs", "queries", "right %", "twin right too %",
               "the twin's truth %"},
              {}};
  for (const auto& [split, scores] : report.splits) {
    if (!scores.twins) continue;
    table.rows.push_back(twin_row(split, "any", scores.twins->all));
    for (const auto& [change, group] : scores.twins->by_change) {
      const auto space = change.find(' ');
      const std::string role = figure_label(change.substr(0, space));
      table.rows.push_back(
          twin_row(split, role + (space == std::string::npos ? "" : change.substr(space)), group));
    }
  }
  return table;
}

}  // namespace recombine
