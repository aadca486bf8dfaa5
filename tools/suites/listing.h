#pragma once
// What a suite says of its tasks.

#include "data/json.h"
#include "eval/tables/table.h"
#include "tools/suites/suite.h"

namespace recombine {

/// {"suite": "v1", "tasks": [{"name", "family", "axis", "side", "certified", "about", "digest",
/// "sets": {"train": 4000, ...}}]}; "side" of facts and a digest that is not frozen are null.
Json suite_json(const Suite& suite);

/// A line a task: the items of the five usual sets, "-" where the suite does not say, and what is
/// held out.
Table suite_table(const Suite& suite);

}  // namespace recombine
