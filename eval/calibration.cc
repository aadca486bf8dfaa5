#include "eval/calibration.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/text.h"

namespace recombine {

void CalibrationCount::add(double log_probability, bool exact) {
  const double probability = std::clamp(std::exp(log_probability), 0.0, 1.0);
  const auto last = static_cast<double>(sums_.size() - 1);
  const auto bin = std::min(last, std::floor(probability * static_cast<double>(sums_.size())));
  Sums& sums = sums_.at(static_cast<std::size_t>(bin));
  ++sums.answers;
  sums.exact += exact ? 1 : 0;
  sums.probability += probability;
}

std::optional<Calibration> CalibrationCount::result() const {
  Calibration calibration;
  double all = 0;
  for (const Sums& sums : sums_) {
    if (sums.answers == 0) continue;
    const auto answers = static_cast<double>(sums.answers);
    calibration.bins.push_back(
        {sums.answers, sums.probability / answers, static_cast<double>(sums.exact) / answers});
    calibration.error += std::abs(sums.probability - static_cast<double>(sums.exact));
    all += answers;
  }
  if (calibration.bins.empty()) return std::nullopt;
  calibration.error /= all;
  return calibration;
}

Json to_json(const Calibration& calibration) {
  Json bins = Json::array();
  for (const CalibrationBin& bin : calibration.bins) {
    bins.push_back(
        {{"answers", bin.answers}, {"probability", bin.probability}, {"exact", bin.exact}});
  }
  return {{"error", calibration.error}, {"bins", std::move(bins)}};
}

Calibration calibration_of(const Json& json) {
  Calibration calibration;
  calibration.error = json.at("error").get<double>();
  for (const Json& bin : json.at("bins")) {
    calibration.bins.push_back({bin.at("answers").get<std::uint64_t>(),
                                bin.at("probability").get<double>(),
                                bin.at("exact").get<double>()});
  }
  return calibration;
}

Table calibration_table(const std::string& title, const Calibration& calibration) {
  Table table{{title, "answers", "probability %", "exact %"}, {}};
  for (std::size_t i = 0; i < calibration.bins.size(); ++i) {
    const CalibrationBin& bin = calibration.bins[i];
    table.rows.push_back({std::to_string(i + 1), grouped(bin.answers), percent(bin.probability),
                          percent(bin.exact)});
  }
  return table;
}

std::string calibration_svg(const std::string& title, const Calibration& calibration) {
  constexpr double kSide = 240;
  constexpr double kEdge = 34;
  constexpr double kLargest = 11;
  std::uint64_t most = 1;
  for (const CalibrationBin& bin : calibration.bins) most = std::max(most, bin.answers);
  const double whole = kSide + 2 * kEdge;
  const double low = kEdge + kSide;
  const auto text = [](double x, double y, const std::string& words) {
    return cat("<text x=\"", x, "\" y=\"", y, R"(" text-anchor="middle" font-size="12">)",
               html_escape(words), "</text>\n");
  };
  std::string svg =
      cat(R"(<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" width=")", whole,
          "\" height=\"", whole, "\">\n", R"(<path fill="none" stroke="#aaa" d="M)", kEdge, " ",
          kEdge, "v", kSide, "h", kSide, "\"/>\n<path stroke=\"#ccc\" d=\"M", kEdge, " ", low, "l",
          kSide, " ", -kSide, "\"/>\n", text(whole / 2, kEdge / 2, title),
          text(whole / 2, whole - kEdge / 3, "probability"), text(kEdge / 2, kEdge - 6, "exact"));
  for (const CalibrationBin& bin : calibration.bins) {
    const double share = static_cast<double>(bin.answers) / static_cast<double>(most);
    svg += cat("<circle cx=\"", kEdge + kSide * bin.probability, "\" cy=\"",
               low - kSide * bin.exact, "\" r=\"", 3 + (kLargest - 3) * std::sqrt(share),
               R"(" fill="#1f77b4" fill-opacity="0.7"><title>)", grouped(bin.answers),
               " answers</title></circle>\n");
  }
  return svg + "</svg>\n";
}

}  // namespace recombine
