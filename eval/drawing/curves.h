#pragma once
// Learning curves: what metrics.jsonl of a run says of its validation sets.

#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "eval/tables/table.h"

namespace recombine {

/// A figure over the steps of a run.
struct Curve {
  std::string name;                               ///< "val_ood", "run val_ood"
  std::vector<std::pair<double, double>> points;  ///< (step, figure), steps rising
  /// Of a mean over runs: at each of the points, the lowest and the highest of them.
  std::vector<std::pair<double, double>> spread = {};

  friend bool operator==(const Curve&, const Curve&) = default;
};

/// The curves of `figure` ("exact") on the validation sets `sets` (empty: all), named after them,
/// in the order in which the run has them. Throws DataError, naming the folder, where it is no run
/// or no set of these names was watched.
std::vector<Curve> read_curves(const std::filesystem::path& run,
                               const std::string& figure,
                               std::span<const std::string> sets);

/// One curve of several that show the same of runs that differ in their seeds: at each step that
/// all of them have, the mean, and the spread from the lowest to the highest.
Curve mean_curve(std::string name, std::span<const Curve> curves);

/// A run by all that its config.ini says but for the seed of its training and where it lies: runs
/// with the same text are one experiment. Empty where there is no config.ini.
std::string config_without_seed(const std::filesystem::path& run);

/// A run, and its curves by the names of their sets.
struct RunCurves {
  std::string experiment;  ///< config_without_seed()
  std::string name;
  std::vector<Curve> curves;
};
/// Runs of one experiment as one, in the order of the first of each: mean_curve() of each set that
/// all of them have, called "a, 3 seeds" after the first. Runs that stand alone stay as they are.
std::vector<RunCurves> over_seeds(std::vector<RunCurves> runs);

/// A row a step, a column a curve; empty where a curve has no point.
Table curve_table(std::span<const Curve> curves);

}  // namespace recombine
