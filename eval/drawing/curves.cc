#include "eval/drawing/curves.h"

#include <algorithm>
#include <cstdint>
#include <iomanip>
#include <map>
#include <numeric>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"
#include "data/storage/file.h"
#include "data/storage/metrics.h"
#include "data/text.h"

namespace recombine {
namespace {

std::string figure_text(double value) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(3) << value;
  return text.str();
}

Curve& curve_of(std::vector<Curve>& curves, const std::string& name) {
  const auto found = std::ranges::find(curves, name, &Curve::name);
  if (found != curves.end()) return *found;
  curves.push_back({name, {}});
  return curves.back();
}

}  // namespace

std::vector<Curve> read_curves(const std::filesystem::path& run,
                               const std::string& figure,
                               std::span<const std::string> sets) {
  const std::filesystem::path file = run / "metrics.jsonl";
  require_data(std::filesystem::exists(file), run.string(),
               ": is no run (no metrics.jsonl in it); name a folder that `recombine train` made");
  std::vector<Curve> curves;
  read_metrics(file, [&](const Json& row, std::string_view) {
    const auto validation = row.find("validation");
    if (validation == row.end()) return;
    for (const auto& [set, figures] : validation->items()) {
      const bool wanted = sets.empty() || std::ranges::find(sets, set) != sets.end();
      // Null is what JSON has for a figure that is no number.
      if (!wanted || !figures.contains(figure) || !figures.at(figure).is_number()) continue;
      curve_of(curves, set)
          .points.emplace_back(row.at("step").get<double>(), figures.at(figure).get<double>());
    }
  });
  require_data(!curves.empty(), run.string(), ": its validations have no '", figure, "'",
               sets.empty() ? "" : " of these sets");
  return curves;
}

Curve mean_curve(std::string name, std::span<const Curve> curves) {
  std::map<double, std::vector<double>> values;
  for (const Curve& curve : curves) {
    for (const auto& [step, value] : curve.points) values[step].push_back(value);
  }
  Curve mean{std::move(name), {}};
  for (const auto& [step, all] : values) {
    if (all.size() < curves.size()) continue;
    const double sum = std::accumulate(all.begin(), all.end(), 0.0);
    mean.points.emplace_back(step, sum / static_cast<double>(all.size()));
    mean.spread.emplace_back(std::ranges::min(all), std::ranges::max(all));
  }
  return mean;
}

std::string config_without_seed(const std::filesystem::path& run) {
  // What else makes no difference to what is learned.
  static const std::set<std::string> kLeftOut = {"seed",  "out",          "resume", "force",
                                                 "ranks", "rank-timeout", "threads"};
  const std::filesystem::path file = run / "config.ini";
  if (!std::filesystem::exists(file)) return {};
  std::istringstream lines(read_file(file));
  std::string text;
  std::string section;
  for (std::string line; std::getline(lines, line);) {
    const std::string key = line.substr(0, line.find_first_of(" ="));
    if (key.starts_with("[")) section = key;
    // A comment says where a value came from.
    if (key.empty() || key.starts_with("#")) continue;
    if (section == "[train]" && kLeftOut.contains(key)) continue;
    text += line + "\n";
  }
  return text;
}

namespace {

/// A mean for each curve of the first run that all of them have.
std::vector<Curve> means_of(std::span<const RunCurves> alike) {
  std::vector<Curve> means;
  for (const Curve& set : alike.front().curves) {
    std::vector<Curve> of_set;
    for (const RunCurves& run : alike) {
      const auto found = std::ranges::find(run.curves, set.name, &Curve::name);
      if (found != run.curves.end()) of_set.push_back(*found);
    }
    if (of_set.size() == alike.size()) means.push_back(mean_curve(set.name, of_set));
  }
  return means;
}

}  // namespace

std::vector<RunCurves> over_seeds(std::vector<RunCurves> runs) {
  std::vector<RunCurves> merged;
  while (!runs.empty()) {
    RunCurves first = runs.front();
    const auto is_alike = [&](const RunCurves& run) {
      return !run.experiment.empty() && run.experiment == first.experiment;
    };
    std::vector<RunCurves> alike;
    std::ranges::copy_if(runs, std::back_inserter(alike), is_alike);
    runs.erase(runs.begin());
    std::erase_if(runs, is_alike);
    if (alike.size() > 1) {
      first.name += cat(", ", alike.size(), " seeds");
      first.curves = means_of(alike);
    }
    merged.push_back(std::move(first));
  }
  return merged;
}

Table curve_table(std::span<const Curve> curves) {
  Table table{{"step"}, {}};
  std::map<double, std::vector<std::string>> rows;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    table.header.push_back(curves[i].name);
    std::size_t point = 0;
    for (const auto& [step, value] : curves[i].points) {
      auto& row = rows[step];
      row.resize(curves.size());
      row[i] = figure_text(value);
      if (point < curves[i].spread.size()) {
        const auto& [low, high] = curves[i].spread[point];
        row[i] += cat(" [", figure_text(low), ", ", figure_text(high), "]");
      }
      ++point;
    }
  }
  for (auto& [step, row] : rows) {
    row.insert(row.begin(), std::to_string(static_cast<std::uint64_t>(step)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace recombine
