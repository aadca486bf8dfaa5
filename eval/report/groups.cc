#include "eval/report/groups.h"

#include "data/error.h"

namespace recombine {
namespace {

/// All shares among the values of `json`.
Figures figures_of(const Json& json) {
  Figures figures;
  for (const auto& [name, value] : json.items()) {
    const bool aside = name == kExactOfValid || name == kWholeEpisodes;
    if (!aside && value.is_object() && value.contains("method"))
      figures.add(name, interval_of(value));
  }
  require_data(figures.find("exact") != nullptr, "has no share \"exact\"");
  return figures;
}

}  // namespace

void put_figures(Json& json, const Figures& figures) {
  for (const auto& [name, interval] : figures) json[name] = to_json(interval);
}

Json group_json(const GroupScores& scores) {
  Json json = {{"planned", scores.planned}};
  put_figures(json, scores.figures);
  return json;
}

GroupScores group_of(const Json& json) {
  return {whole<std::uint64_t>(json.at("planned")), figures_of(json),
          whole_counts(json.value("errors", Json::object()))};
}

}  // namespace recombine
