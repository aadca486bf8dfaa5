#include "meta/tracing/rule_trace.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iomanip>
#include <map>
#include <sstream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/fields.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "eval/drawing/trail_json.h"
#include "eval/tables/table.h"
#include "generator/grids/rules/between.h"
#include "meta/batches/episode_tensors.h"
#include "meta/validation/grid_answers.h"

namespace recombine {
namespace {

constexpr std::array<const char*, 3> kRules = {"shape", "colour", "indicator"};

const Rule& rule_of(const Episode& episode, std::size_t rule) {
  return episode.grammar.rules.at(rule);
}

/// "mirror y": the values without their names, so that it fits above a grid.
std::string short_text(const Rule& rule) {
  std::string text = rule.type;
  for (const Parameter& parameter : rule.parameters) text += " " + parameter.value;
  return text;
}

/// The last rule of a unit: what a grid after it is a grid after.
std::size_t last_of(Roles unit) { return static_cast<std::size_t>(std::bit_width(unit)) - 1; }

/// Its rules as `text` says each, joined.
template <class Text>
std::string unit_text(const Episode& episode, Roles unit, const char* joint, Text&& text) {
  Names texts;
  for (std::size_t rule = 0; rule < kRules.size(); ++rule) {
    if (has_role(unit, rule)) texts.push_back(text(rule_of(episode, rule)));
  }
  return join_text(texts, joint);
}

/// Rule vectors by the rules that they stand for and their roles.
class VectorMap {
 public:
  void add(const Episode& episode, Roles unit, const torch::Tensor& vector) {
    names_.emplace_back(unit_text(episode, unit, "+", [](const Rule& rule) { return rule.type; }),
                        unit);
    vectors_.push_back(vector);
  }

  /// All on the two principal components of them together.
  std::vector<PointCloud> clouds() const {
    if (vectors_.empty()) return {};
    const torch::Tensor all = torch::stack(vectors_);  // [R, D]
    const torch::Tensor centred = all - all.mean(0, true);
    const torch::Tensor axes = std::get<2>(torch::linalg_svd(centred, false));  // [.., D]
    const torch::Tensor places = centred.matmul(axes.narrow(0, 0, 2).t()).to(torch::kFloat64);
    std::map<Name, PointCloud> clouds;
    std::map<std::string, int> colours;
    for (const Name& name : names_) colours.emplace(name.first, static_cast<int>(colours.size()));
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const auto& [type, unit] = names_[i];
      PointCloud& cloud = clouds[names_[i]];
      cloud.name = cat(type, ", ", section_name(unit), " role");
      cloud.colour = colours[type];
      cloud.form = static_cast<int>(last_of(unit));
      const auto row = static_cast<std::int64_t>(i);
      cloud.points.emplace_back(places[row][0].item<double>(), places[row][1].item<double>());
    }
    std::vector<PointCloud> list;
    list.reserve(clouds.size());
    for (auto& [name, cloud] : clouds) list.push_back(std::move(cloud));
    return list;
  }

 private:
  using Name = std::pair<std::string, Roles>;
  std::vector<Name> names_;
  std::vector<torch::Tensor> vectors_;
};

std::vector<int> cells_of(const torch::Tensor& numbers) {
  const torch::Tensor all = numbers.to(torch::kCPU, torch::kInt).contiguous();
  return {all.const_data_ptr<int>(), all.const_data_ptr<int>() + all.numel()};
}

class Tracer {
 public:
  Tracer(const GridModel& model, const EpisodeSet& set, int pictures)
      : model_(model), set_(set), pictures_(static_cast<std::size_t>(pictures)) {}

  void trace(const EpisodeTensors& episodes, std::int64_t first, std::int64_t count) {
    const auto batch_of = [&](std::int64_t begin, std::int64_t size) {
      return GridBatch{
          .study = episodes.study.narrow(0, begin, size),
          .query_inputs = episodes.queries.narrow(0, begin, size).select(2, 0).contiguous(),
          .query_outputs = {},
          .study_roles = episodes.shape.study_roles};
    };
    GridBatch batch = batch_of(first, count);
    // What is found of one episode is told it, so that it is not searched for again.
    const std::vector<Roles> found_already =
        count == 1 ? model_.found_sections(batch) : std::vector<Roles>{};
    if (!found_already.empty()) batch.study_roles = found_already;
    const std::vector<AfterRule> after = model_.follow_rules(batch);
    unsigned run = 0;
    for (const AfterRule& each : after) run |= each.unit;
    require_data(run == kAllRoles, set_.folder().string(),
                 ": its study pairs do not show every rule");
    for (std::int64_t row = 0; row < count; ++row) {
      const Episode episode = set_[static_cast<std::uint64_t>(first + row)];
      const FoundStudy& found = trace_.found.emplace_back(found_study(
          episode,
          found_already.empty() ? sections_of(episode, batch_of(first + row, 1)) : found_already,
          after));
      const std::vector<AfterRule> named = named_run(found, after);
      note_units(named);
      for (const AfterRule& each : named) {
        if (each.vectors.defined()) map_.add(episode, each.unit, each.vectors[row]);
      }
      compare(in_found_order(episode, found), named, row);
    }
  }

  RuleTrace result() const {
    RuleTrace trace = trace_;
    trace.vectors = map_.clouds();
    return trace;
  }

 private:
  /// The sections that nobody says: found by the model, or read off the queries.
  std::vector<Roles> sections_of(const Episode& episode, const GridBatch& batch) const {
    const PairOrder order = pair_order(model_.config());
    if (order != PairOrder::kByTriggers) return model_.found_sections(batch);
    const std::vector<std::size_t> places = places_in_order(episode, order);
    const Episode sorted = in_order(episode, order);
    std::vector<Roles> sections(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) sections[places[i]] = sorted.study[i].roles;
    return sections;
  }

  /// Rules that commute may be run in another order than the true one: the grids between them are
  /// then those of that order.
  static Episode in_found_order(Episode episode, const FoundStudy& found) {
    if (found.order_leads) episode.grammar.order = found.order;
    return episode;
  }

  void note_units(const std::vector<AfterRule>& after) {
    trace_.units.clear();
    for (const AfterRule& each : after) {
      trace_.units.emplace_back(section_name(each.unit));
      trace_.looked.at(last_of(each.unit)) = true;
    }
  }

  void compare(const Episode& episode, const std::vector<AfterRule>& after, std::int64_t row) {
    for (std::size_t query = 0; query < episode.queries.size(); ++query) {
      const auto truths = grids_between(episode, episode.queries[query]);
      if (!truths || truths->size() != kRules.size()) {
        ++trace_.skipped;
        continue;
      }
      ++trace_.queries;
      Trail trail{cat("episode ", episode.id, ", query ", query),
                  episode.queries[query].input,
                  {},
                  {},
                  {},
                  {}};
      unsigned applied = 0;
      for (const AfterRule& each : after) {
        const std::size_t last = last_of(each.unit);
        applied |= each.unit;
        trail.truths.push_back(truths->at(static_cast<std::size_t>(std::popcount(applied)) - 1));
        trail.answers.push_back(
            grid_at(each.grids[row].contiguous(), static_cast<std::int64_t>(query)));
        trail.rules.push_back(
            cat(section_name(each.unit), ": ", unit_text(episode, each.unit, ", ", short_text)));
        trace_.exact.at(last) += trail.answers.back() == trail.truths.back() ? 1 : 0;
      }
      if (query > 0 || trace_.trails.size() >= pictures_) continue;
      for (const AfterRule& each : after) {
        if (each.copied.defined()) trail.copied.push_back(cells_of(each.copied[row][0]));
      }
      trace_.trails.push_back(std::move(trail));
    }
  }

  const GridModel& model_;
  const EpisodeSet& set_;
  std::size_t pictures_;
  RuleTrace trace_;
  VectorMap map_;
};

double share(const RuleTrace& trace, std::size_t rule) {
  return static_cast<double>(trace.exact.at(rule)) / static_cast<double>(trace.queries);
}

/// A sentence, where it is not each rule by itself.
std::string run_at_once(const RuleTrace& trace) {
  if (trace.units.size() == kRules.size()) return "";
  return cat(" Run at once: ", join_text(trace.units, ", then "), ".");
}

}  // namespace

RuleTrace rule_trace(const GridModel& model,
                     const EpisodeSet& set,
                     std::uint64_t count,
                     int pictures) {
  const torch::NoGradGuard no_gradients;
  const EpisodeTensors episodes = load_episodes(set, count, false, pair_order(model.config()));
  require_data(episodes.shape.rules == static_cast<int>(kUsualRoles), set.folder().string(),
               ": has episodes of ", episodes.shape.rules, " rules; those of three are traced");
  Tracer tracer(model, set, pictures);
  // Each by itself where each has an order of its own, or sections.
  const ModelConfig& config = model.config();
  const bool apart = config.order == "found" || config.sections == "searched";
  const std::int64_t together = apart ? 1 : kEpisodesAtATime;
  for (std::int64_t first = 0; first < episodes.size(); first += together)
    tracer.trace(episodes, first, std::min(together, episodes.size() - first));
  RuleTrace trace = tracer.result();
  trace.finds_orders = config.order == "found";
  require_data(trace.queries > 0, set.folder().string(),
               ": its episodes do not say their rules, so the grids between them are not known");
  return trace;
}

Json to_json(const RuleTrace& trace) {
  Json exact = Json::object();
  for (std::size_t rule = 0; rule < kRules.size(); ++rule) {
    if (trace.looked.at(rule)) exact[kRules.at(rule)] = share(trace, rule);
  }
  Json trails = Json::array();
  for (const Trail& trail : trace.trails) trails.push_back(to_json(trail));
  Json vectors = Json::array();
  for (const PointCloud& cloud : trace.vectors) vectors.push_back(to_json(cloud));
  Json json = {{"queries", trace.queries},    {"skipped", trace.skipped},
               {"units", trace.units},        {"exact_after", exact},
               {"trails", std::move(trails)}, {"vectors", std::move(vectors)}};
  if (Json found = to_json(trace.found, trace.finds_orders); !found.is_null())
    json["found"] = std::move(found);
  return json;
}

void write_rule_pictures(const std::string& set,
                         const RuleTrace& trace,
                         const std::filesystem::path& folder) {
  write_file(folder / cat("grids-", set, ".png"), scene_png(trail_scene(trace.trails)).bytes);
  if (!trace.trails.empty() && !trace.trails.front().copied.empty())
    write_file(folder / cat("pointers-", set, ".png"),
               scene_png(pointer_scene(trace.trails)).bytes);
  if (trace.vectors.empty()) return;
  write_file(
      folder / cat("rules-", set, ".png"),
      scatter_png(trace.vectors, cat(set, ": rule vectors, two principal components")).bytes);
}

std::string rule_markdown(const std::string& set, const RuleTrace& trace) {
  Table table{{"after the rule of the", "grids exactly right"}, {}};
  for (std::size_t rule = 0; rule < kRules.size(); ++rule) {
    if (!trace.looked.at(rule)) continue;
    std::ostringstream text;
    text << std::fixed << std::setprecision(3) << share(trace, rule);
    table.rows.push_back({cat(kRules.at(rule), " role"), text.str()});
  }
  return cat("## ", set, "\n\n", trace.queries, " queries, ", trace.skipped,
             " skipped: how often the most probable grid after each rule is the true one. Grids "
             "between the rules were never trained.",
             run_at_once(trace), "\n\n", markdown_text(table), "\n",
             found_markdown(to_json(trace.found, trace.finds_orders)));
}

}  // namespace recombine
