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

  friend bool operator==(const Curve&, const Curve&) = default;
};

/// What tells folders apart: the last parts of their paths, as many as it takes. "mini" and "tiny",
/// or "a/run" and "b/run".
std::vector<std::string> short_names(std::span<const std::string> folders);

/// The curves of `figure` ("exact") on the validation sets `sets` (empty: all), named after them,
/// in the order in which the run has them. Throws DataError, naming the folder, where it is no run
/// or no set of these names was watched.
std::vector<Curve> read_curves(const std::filesystem::path& run,
                               const std::string& figure,
                               std::span<const std::string> sets);

/// A row a step, a column a curve; empty where a curve has no point.
Table curve_table(std::span<const Curve> curves);

}  // namespace recombine
