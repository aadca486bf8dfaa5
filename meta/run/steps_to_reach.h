#pragma once
// When a run first answered a share of a validation set.

#include "data/json.h"
#include "meta/run/run_folder.h"

namespace recombine {

/// {"val_id": {"0.5": 400, "0.9": 450, ...}, ...}: for each validation set the first steps of
/// metrics.jsonl whose exact match is at least .5, .9, .95 and .99; those not reached are left out.
Json steps_to_reach(const RunFolder& run);

}  // namespace recombine
