#pragma once
// Twins in reports.

#include "data/json.h"
#include "eval/report/report.h"
#include "eval/scoring/twins.h"
#include "eval/tables/table.h"

namespace recombine {

/// {"pairs", "queries", "right", "both_right", "twins_truth", "consistent", "answers_twins_truth",
/// "by_change": {"shape type": {...}, ...}}
Json to_json(const TwinScores& scores);
/// The way back; throws Json::exception where it is none.
TwinScores twin_scores_of(const Json& json);

/// A line a split and one for each change; no rows where no split has twins.
Table twin_table(const Report& report);

}  // namespace recombine
