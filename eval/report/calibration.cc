#include "eval/report/calibration.h"

#include <algorithm>
#include <cmath>

#include "data/error.h"
#include "data/text.h"

namespace recombine {

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
               R"(" fill="#0072b2" fill-opacity="0.7"><title>)", grouped(bin.answers),
               " answers</title></circle>\n");
  }
  return svg + "</svg>\n";
}

}  // namespace recombine
