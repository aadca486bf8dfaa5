#pragma once
// Whether a predictor is right as often as it says: its probabilities beside its share of exact
// answers.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "data/json.h"

namespace recombine {

/// Answers whose probability lies in the same tenth of 0..1.
struct CalibrationBin {
  std::uint64_t answers = 0;
  double probability = 0;  ///< their mean probability, as the predictor said it
  double exact = 0;        ///< the share of them that is exact

  friend bool operator==(const CalibrationBin&, const CalibrationBin&) = default;
};

/// Over the answers that came with a probability.
struct Calibration {
  /// The expected calibration error: the mean over answers of how far their bin's probability is
  /// from its share of exact ones (Guo et al. 2017, section 2; ten bins of equal width).
  double error = 0;
  std::vector<CalibrationBin> bins;  ///< those with answers, from the least probable on

  friend bool operator==(const Calibration&, const Calibration&) = default;
};

class CalibrationCount {
 public:
  /// An answer, with the natural logarithm of its probability.
  void add(double log_probability, bool exact);
  /// None where no answer was added.
  std::optional<Calibration> result() const;

 private:
  struct Sums {
    std::uint64_t answers = 0;
    std::uint64_t exact = 0;
    double probability = 0;
  };
  std::array<Sums, 10> sums_{};
};

Json to_json(const Calibration& calibration);
Calibration calibration_of(const Json& json);

}  // namespace recombine
