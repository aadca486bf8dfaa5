#include "meta/tracing/trace_report.h"

#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "eval/drawing/heat_map.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

int last_layer(const TracedCheckpoint& checkpoint) {
  int last = 0;
  for (const LensRow& row : checkpoint.lens) last = std::max(last, row.layer);
  return last;
}

double mrr_of(const TracedCheckpoint& checkpoint,
              const std::string& target,
              int position,
              int layer) {
  for (const LensRow& row : checkpoint.lens) {
    if (row.target == target && row.position == position && row.layer == layer) return row.mrr;
  }
  return kNone;
}

std::vector<std::string> layer_names(int first, int last) {
  std::vector<std::string> names;
  for (int layer = first; layer <= last; ++layer) names.push_back(cat("L", layer));
  return names;
}

HeatMap lens_map(const TracedSet& set, const std::string& target) {
  const TracedCheckpoint& checkpoint = set.checkpoints.back();
  HeatMap map{cat(set.name, ", step ", checkpoint.step, ": MRR of ", target), {}, {}, {}};
  map.columns = layer_names(0, last_layer(checkpoint));
  for (int position = 0; position < static_cast<int>(set.layout.positions.size()); ++position) {
    map.rows.push_back(set.layout.positions.at(static_cast<std::size_t>(position)));
    std::vector<double>& shares = map.shares.emplace_back();
    for (int layer = 0; layer <= last_layer(checkpoint); ++layer)
      shares.push_back(mrr_of(checkpoint, target, position, layer));
  }
  return map;
}

HeatMap causal_map(const TracedSet& set) {
  const TracedCheckpoint& checkpoint = set.checkpoints.back();
  HeatMap map{
      cat(set.name, ", step ", checkpoint.step, ": share of answers that change"), {}, {}, {}};
  map.columns = layer_names(0, last_layer(checkpoint) - 1);
  for (const CausalRow& row : checkpoint.causal) {
    const std::string name = row.token + " -> " + row.target;
    if (map.rows.empty() || map.rows.back() != name) {
      map.rows.push_back(name);
      map.shares.emplace_back();
    }
    map.shares.back().push_back(row.items == 0 ? kNone : row.altered);
  }
  return map;
}

/// When a target appears at a position: a row a checkpoint.
HeatMap timeline_map(const TracedSet& set, const std::string& target, int position) {
  HeatMap map{cat(set.name, ": MRR of ", target, " at ",
                  set.layout.positions.at(static_cast<std::size_t>(position)), " by step"),
              {},
              layer_names(0, last_layer(set.checkpoints.back())),
              {}};
  for (const TracedCheckpoint& checkpoint : set.checkpoints) {
    map.rows.push_back(cat("step ", checkpoint.step));
    std::vector<double>& shares = map.shares.emplace_back();
    for (int layer = 0; layer <= last_layer(checkpoint); ++layer)
      shares.push_back(mrr_of(checkpoint, target, position, layer));
  }
  return map;
}

std::vector<HeatMap> lens_maps(const TracedSet& set) {
  std::vector<HeatMap> maps;
  maps.reserve(set.layout.targets.size());
  for (const std::string& target : set.layout.targets) maps.push_back(lens_map(set, target));
  return maps;
}

std::vector<HeatMap> timeline_maps(const TracedSet& set) {
  std::vector<HeatMap> maps;
  maps.reserve(set.layout.watched.size());
  for (const auto& [target, position] : set.layout.watched)
    maps.push_back(timeline_map(set, target, position));
  return maps;
}

std::string table_text(const HeatMap& map) {
  Table table{map.columns, {}};
  table.header.insert(table.header.begin(), map.title);
  for (std::size_t row = 0; row < map.rows.size(); ++row) {
    std::vector<std::string>& cells = table.rows.emplace_back();
    cells.push_back(map.rows[row]);
    for (const double share : map.shares[row]) {
      std::ostringstream text;
      text << std::fixed << std::setprecision(2) << share;
      cells.push_back(std::isnan(share) ? "" : text.str());
    }
  }
  return markdown_text(table) + "\n";
}

void write_maps(const std::filesystem::path& file, const std::vector<HeatMap>& maps) {
  write_file(file, heat_map_png(maps).bytes);
}

}  // namespace

TraceLayout two_hop_layout(bool chain) {
  TraceLayout layout{{"p0 (h)", "p1 (r1)", "p2 (r2)"}, {"b", "r2", "t"}, {}, true};
  if (chain) layout.positions.emplace_back("p3 (b)");
  layout.watched = {{"b", chain ? 2 : 1}, {"t", chain ? 3 : 2}};
  return layout;
}

TraceLayout comparison_layout(std::size_t length) {
  TraceLayout layout{
      {"p0 (a)", "p1 (<q>)", "p2 (e1)", "p3 (<mask>)", "p4 (e2)", "p5 (</q>)", "p6 (<a>)"},
      {"v1", "v2", "label"},
      {},
      false};
  layout.positions.resize(length);
  const int last = static_cast<int>(length) - 1;
  layout.watched = {{"v1", 2}, {"v2", 4}, {"label", last}};
  return layout;
}

Json to_json(const TracedSet& set) {
  Json checkpoints = Json::array();
  for (const TracedCheckpoint& checkpoint : set.checkpoints) {
    Json lens = Json::array();
    for (const LensRow& row : checkpoint.lens) {
      lens.push_back({{"target", row.target},
                      {"position", row.position},
                      {"layer", row.layer},
                      {"mean_rank", row.mean_rank},
                      {"mrr", row.mrr},
                      {"top", row.top}});
      if (set.layout.in_stages) lens.back()["stage"] = row.position < 3 ? 1 : 2;
    }
    Json causal = Json::array();
    for (const CausalRow& row : checkpoint.causal) {
      causal.push_back({{"token", row.token},
                        {"target", row.target},
                        {"layer", row.layer},
                        {"items", row.items},
                        {"altered", row.altered}});
    }
    checkpoints.push_back(
        {{"step", checkpoint.step}, {"lens", std::move(lens)}, {"causal", std::move(causal)}});
  }
  return {{"name", set.name},
          {"data_digest", set.digest},
          {"items", set.items},
          {"chain", set.chain},
          {"positions", set.layout.positions},
          {"checkpoints", std::move(checkpoints)}};
}

std::string trace_markdown(const TracedSet& set) {
  std::string text = cat("## ", set.name, "\n\n", set.items,
                         " questions. Logit lens: how near the top of what a state would name a "
                         "token stands (1: at the top), by position and layer.\n\n");
  for (const HeatMap& map : lens_maps(set)) text += table_text(map);
  text +=
      "Causal tracing: the share of right answers that change when the state of one token at one "
      "layer comes from a question in which that token is another.\n\n";
  text += table_text(causal_map(set));
  if (set.checkpoints.size() < 2) return text;
  text += "Over training: when what the answer needs appears, and at which layer.\n\n";
  for (const HeatMap& map : timeline_maps(set)) text += table_text(map);
  return text;
}

void write_trace_pictures(const TracedSet& set, const std::filesystem::path& folder) {
  write_maps(folder / cat("lens-", set.name, ".png"), lens_maps(set));
  write_maps(folder / cat("causal-", set.name, ".png"), {causal_map(set)});
  if (set.checkpoints.size() > 1)
    write_maps(folder / cat("timeline-", set.name, ".png"), timeline_maps(set));
}

}  // namespace recombine
