#include "eval/page/traces.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json_words.h"
#include "data/storage/file.h"
#include "eval/drawing/chart.h"
#include "eval/drawing/heat_map.h"
#include "eval/drawing/trail_json.h"
#include "eval/page/figures.h"

namespace recombine {
namespace {

constexpr int kTrailCell = 12;  ///< pixels
constexpr double kNoShare = std::numeric_limits<double>::quiet_NaN();

std::string bars_figure(const Json& shares, const std::string& title, const std::string& caption) {
  std::vector<Bar> bars;
  std::string about = title;
  for (const auto& [name, share] : shares.items()) {
    bars.push_back({name, share.get<double>()});
    about += cat("; ", name, " ", share.get<double>());
  }
  return figure_html("", caption, bars_scene(bars, title), about, kChartCell);
}

std::string maps_figure(const std::vector<HeatMap>& maps, const std::string& caption) {
  std::string about = caption;
  for (const HeatMap& map : maps) about += cat(" ", map.title, ".");
  return maps.empty() ? "" : figure_html("", caption, heat_map_scene(maps), about, kChartCell);
}

/// Rows of a table of shares, by the names of its rows and columns, in the order of their coming.
class MapMaker {
 public:
  explicit MapMaker(std::string title) { map_.title = std::move(title); }

  void put(const std::string& row, const std::string& column, double share) {
    const std::size_t place = place_of(map_.columns, column);
    const std::size_t line = place_of(map_.rows, row);
    if (line == map_.shares.size()) map_.shares.emplace_back();
    auto& shares = map_.shares[line];
    if (shares.size() <= place) shares.resize(place + 1, kNoShare);
    shares[place] = share;
  }
  const HeatMap& map() const { return map_; }

 private:
  static std::size_t place_of(std::vector<std::string>& names, const std::string& name) {
    const auto found = std::ranges::find(names, name);
    const auto place = static_cast<std::size_t>(found - names.begin());
    if (found == names.end()) names.push_back(name);
    return place;
  }

  HeatMap map_;
};

/// "p0 (h)"; "p0" in traces that do not say what stands there.
std::string position_name(const Json& set, int position) {
  const auto names = set.find("positions");
  const auto place = static_cast<std::size_t>(position);
  if (names == set.end() || place >= names->size()) return cat("p", position);
  return names->at(place).get<std::string>();
}

std::string layer_name(const Json& row) { return cat("L", whole<int>(row.at("layer"))); }

std::vector<HeatMap> maps_of(const std::vector<std::pair<std::string, MapMaker>>& makers) {
  std::vector<HeatMap> maps;
  maps.reserve(makers.size());
  for (const auto& [name, maker] : makers) maps.push_back(maker.map());
  return maps;
}

MapMaker& maker_of(std::vector<std::pair<std::string, MapMaker>>& makers,
                   const std::string& name,
                   const std::string& title) {
  const auto found = std::ranges::find(makers, name, &std::pair<std::string, MapMaker>::first);
  return found != makers.end() ? found->second : makers.emplace_back(name, MapMaker(title)).second;
}

std::vector<HeatMap> lens_of(const Json& set, const Json& checkpoint) {
  std::vector<std::pair<std::string, MapMaker>> makers;
  for (const Json& row : checkpoint.at("lens")) {
    const auto target = row.at("target").get<std::string>();
    maker_of(makers, target, "lens: " + target)
        .put(position_name(set, whole<int>(row.at("position"))), layer_name(row),
             row.at("mrr").get<double>());
  }
  return maps_of(makers);
}

HeatMap causal_of(const Json& checkpoint) {
  MapMaker maker("answers that change");
  for (const Json& row : checkpoint.at("causal")) {
    maker.put(row.at("token").get<std::string>() + " → " + row.at("target").get<std::string>(),
              layer_name(row), row.at("items") == 0 ? kNoShare : row.at("altered").get<double>());
  }
  return maker.map();
}

/// Of each target at the position where it stands highest at last, a row a checkpoint.
std::vector<HeatMap> timeline_of(const Json& set) {
  std::map<std::string, std::pair<double, int>> best;
  for (const Json& row : set.at("checkpoints").back().at("lens")) {
    const std::pair here{row.at("mrr").get<double>(), whole<int>(row.at("position"))};
    auto& known = best.try_emplace(row.at("target").get<std::string>(), here).first->second;
    known = std::max(known, here);
  }
  std::vector<std::pair<std::string, MapMaker>> makers;
  for (const Json& checkpoint : set.at("checkpoints")) {
    const std::string step = cat("step ", whole<std::uint64_t>(checkpoint.at("step")));
    for (const Json& row : checkpoint.at("lens")) {
      const auto target = row.at("target").get<std::string>();
      const auto place = best.find(target);
      if (place == best.end()) continue;  // the last checkpoint was not asked for it
      const int position = place->second.second;
      if (whole<int>(row.at("position")) != position) continue;
      maker_of(makers, target, cat("lens: ", target, " at ", position_name(set, position)))
          .put(step, layer_name(row), row.at("mrr").get<double>());
    }
  }
  return maps_of(makers);
}

std::string facts_figures(const Json& set) {
  const Json& last = set.at("checkpoints").back();
  std::string html = maps_figure(
      lens_of(set, last),
      "Logit lens: how near the top of what a state would name a token stands (1: at the top), by "
      "position and layer.");
  html +=
      maps_figure({causal_of(last)},
                  "Causal tracing: the share of right answers that change when the state of one "
                  "token at one layer comes from a question in which that token is another.");
  if (set.at("checkpoints").size() > 1)
    html += maps_figure(timeline_of(set), "The lens over training, a row a checkpoint.");
  return html;
}

/// {name: {"pairs", "right"}} -> {name: share}
Json shares_of(const Json& counts) {
  Json shares = Json::object();
  for (const auto& [name, count] : counts.items()) {
    const auto pairs = whole<std::uint64_t>(count.at("pairs"));
    const auto right = whole<std::uint64_t>(count.at("right"));
    shares[name] = pairs == 0 ? 0 : static_cast<double>(right) / static_cast<double>(pairs);
  }
  return shares;
}

std::string rule_figures(const Json& set) {
  std::string html = bars_figure(set.at("exact_after"), "grids exactly right after each rule",
                                 "Grids between the rules were never trained.");
  if (const auto found = set.find("found"); found != set.end()) {
    if (!found->at("sections").empty()) {
      html += bars_figure(shares_of(found->at("sections")), "study pairs whose rules were found",
                          "Nobody told the model which rules a pair shows.");
    }
  }
  std::vector<Trail> trails;
  for (const Json& trail : set.value("trails", Json::array())) trails.push_back(trail_of(trail));
  if (!trails.empty()) {
    html += figure_html("The grids between the rules.",
                        "The model's above, wrong cells marked; the true ones below.",
                        trail_scene(trails), "grids of some queries after each of their rules",
                        kTrailCell);
  }
  if (!trails.empty() && !trails.front().copied.empty()) {
    html += figure_html("Pointers.", "From each filled cell to the cell before the rule it copies.",
                        pointer_scene(trails), "where the cells of some queries' grids come from",
                        kTrailCell);
  }
  std::vector<PointCloud> clouds;
  for (const Json& cloud : set.value("vectors", Json::array())) clouds.push_back(cloud_of(cloud));
  const auto has_points = [](const PointCloud& cloud) { return !cloud.points.empty(); };
  if (std::ranges::any_of(clouds, has_points)) {
    html += figure_html("Rule vectors.", "On their two principal components.",
                        scatter_scene(clouds, "rule vectors"), "rule vectors by rule and role",
                        kChartCell);
  }
  return html;
}

std::string attention_figures(const Json& set) {
  MapMaker pairs("the first query, by study pair");
  int pair = 0;
  for (const Json& share : set.at("first_query"))
    pairs.put("share", cat("pair ", ++pair), share.get<double>());
  return bars_figure(set.at("sections"), "attention to the study set, by section",
                     "Over all heads and decoder blocks.") +
         maps_figure({pairs.map()}, "");
}

std::string set_html(const Json& set, const std::string& of) {
  const std::string title = cat(set.at("name").get<std::string>(), of);
  const auto queries = [&](const char* key) { return whole<std::uint64_t>(set.at(key)); };
  if (set.contains("exact_after")) {
    return figures_html(title,
                        cat(queries("queries"), " queries, ", queries("skipped"), " skipped."),
                        rule_figures(set));
  }
  if (set.contains("sections"))
    return figures_html(title, cat(queries("queries"), " queries."), attention_figures(set));
  require_data(!set.at("checkpoints").empty(), title, ": its trace has no checkpoint");
  const auto step = whole<std::uint64_t>(set.at("checkpoints").back().at("step"));
  return figures_html(title, cat(queries("items"), " questions; at step ", step, "."),
                      facts_figures(set));
}

}  // namespace

PageTrace read_trace(const std::filesystem::path& folder, std::string name) {
  const std::filesystem::path file = folder / "trace.json";
  Json json = try_parse_json(read_file(file));
  require_data(json.is_object() && json.value("schema", Json()) == "recombine.trace/1" &&
                   json.contains("sets") && json["sets"].is_array(),
               file.string(), ": is not a trace of `recombine trace`");
  return {std::move(name), std::move(json)};
}

std::string trace_html(const PageTrace& trace) {
  try {
    std::string html;
    for (const Json& set : trace.trace.at("sets")) html += set_html(set, ", " + trace.name);
    return html;
  } catch (const Json::exception& error) {
    throw DataError(cat(trace.name, "/trace.json: is damaged (", json_words(error),
                        "); write it again by `recombine trace`"));
  }
}

}  // namespace recombine
