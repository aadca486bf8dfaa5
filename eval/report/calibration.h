#pragma once
// A predictor's calibration, shown.

#include <string>

#include "eval/scoring/calibration.h"
#include "eval/tables/table.h"

namespace recombine {

/// A line a bin; `title` heads the first column.
Table calibration_table(const std::string& title, const Calibration& calibration);

}  // namespace recombine
