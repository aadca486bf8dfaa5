#pragma once
// A predictor's calibration, shown.

#include <string>

#include "eval/scoring/calibration.h"
#include "eval/tables/table.h"

namespace recombine {

/// A line a bin; `title` heads the first column.
Table calibration_table(const std::string& title, const Calibration& calibration);

/// The bins as dots over the line on which probability and share are the same, as SVG; larger dots
/// for more answers.
std::string calibration_svg(const std::string& title, const Calibration& calibration);

}  // namespace recombine
