#include "eval/scoring/calibration.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

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
    calibration.bins.push_back({whole<std::uint64_t>(bin.at("answers")),
                                bin.at("probability").get<double>(),
                                bin.at("exact").get<double>()});
  }
  return calibration;
}

}  // namespace recombine
