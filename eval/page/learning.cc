#include "eval/page/learning.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/drawing/chart.h"
#include "eval/drawing/plot.h"
#include "eval/page/figures.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

/// "executor, 216,450 parameters, 6,000 of 6,000 steps, 37 s, cpu, finished".
std::string run_facts(const Json& about) {
  const auto number = [&](const char* key) {
    const auto found = about.find(key);
    if (found == about.end() || !found->is_number_integer()) return std::string();
    return grouped(
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, found->get<std::int64_t>())));
  };
  const auto word = [&](const char* key) {
    const auto found = about.find(key);
    return found != about.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  std::vector<std::string> facts = {word("model")};
  if (const auto parameters = number("parameters"); !parameters.empty())
    facts.push_back(parameters + " parameters");
  if (const auto steps = number("steps"); !steps.empty()) {
    const auto done = number("step");
    facts.push_back(cat(done.empty() ? steps : done, " of ", steps, " steps"));
  }
  if (about.contains("wall_seconds") && about["wall_seconds"].is_number())
    facts.push_back(duration(about["wall_seconds"].get<double>()) + " by the clock");
  facts.push_back(word("device"));
  facts.push_back(word("status"));
  std::string text;
  for (const std::string& fact : facts) {
    if (!fact.empty()) text += (text.empty() ? "" : ", ") + fact;
  }
  return text;
}

std::string curves_figure(const std::string& title,
                          const std::string& caption,
                          const std::vector<Curve>& curves) {
  std::string about = "exact match over steps of " + title;
  std::vector<Curve> named;
  for (const Curve& curve : curves) {
    if (curve.points.empty()) continue;
    const std::string last = percent(curve.points.back().second) + " %";
    about += cat("; ", curve.name, " ends at ", last);
    named.push_back({cat(curve.name, ": ", last), curve.points, curve.spread});
  }
  if (named.empty()) return {};
  return figure_html(title, caption, curves_scene(named, "exact over steps", false, kSmallChart),
                     about, kChartCell);
}

/// Means over runs that differ in their seeds alone.
std::string seeds_figures(std::span<const PageRun> runs) {
  std::vector<RunCurves> all;
  all.reserve(runs.size());
  for (const PageRun& run : runs) all.push_back({run.experiment, run.name, run.curves});
  std::string html;
  for (const RunCurves& one : over_seeds(std::move(all))) {
    const bool is_mean = !one.curves.empty() && !one.curves.front().spread.empty();
    if (is_mean) {
      html +=
          curves_figure(one.name, "Mean, and spread from the lowest to the highest.", one.curves);
    }
  }
  return html;
}

}  // namespace

std::string learning_html(std::span<const PageRun> runs) {
  std::string html = seeds_figures(runs);
  for (const PageRun& run : runs) {
    const std::string facts = run_facts(run.about);
    const std::string figure = curves_figure(run.name, facts, run.curves);
    html += figure.empty() ? figures_html(run.name, facts, "") : figure;
  }
  return html;
}

std::string calibration_html(const std::string& label, const Calibration& calibration) {
  Scene scene;
  scene.cols = 48;
  scene.rows = 36;
  PlotAxis across = share_axis("probability");
  const PlotAxis up = share_axis("exact");
  Plot plot(scene, {3, 7, 27, 38}, across, up);
  scene.strokes.push_back({{plot.at(0, 0), plot.at(1, 1)}, kFaintTextInk, 0.1, 1});
  double most = 1;
  for (const CalibrationBin& bin : calibration.bins)
    most = std::max(most, static_cast<double>(bin.answers));
  for (const CalibrationBin& bin : calibration.bins) {
    const double radius = 0.3 + 0.8 * std::sqrt(static_cast<double>(bin.answers) / most);
    plot.dots({{bin.probability, bin.exact}}, series_ink(0), DotForm::kDisc, radius);
  }
  return figure_html(label, cat("calibration error ", percent(calibration.error), " points"), scene,
                     label + ": exact match by stated probability", kChartCell);
}

}  // namespace recombine
