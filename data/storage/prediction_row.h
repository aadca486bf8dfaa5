#pragma once
// A line of predictions, read without a JSON document in between where it is written as
// PredictionWriter writes grids: sets have a hundred thousand of them.

#include <optional>
#include <string_view>

#include "data/storage/prediction.h"

namespace recombine {

/// What a line such as
/// {"item":"e0","query":1,"output":[[1,0],[0,2]],"invalid":null,"log_probability":-0.5}
/// says. Nothing for a line of any other form, right or wrong: that is the JSON reader's.
std::optional<Prediction> read_plain_row(std::string_view line);

}  // namespace recombine
