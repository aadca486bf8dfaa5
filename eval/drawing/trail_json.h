#pragma once
// Trails and clouds as trace.json has them.

#include "data/json.h"
#include "eval/drawing/scatter.h"
#include "eval/drawing/trail_scene.h"

namespace recombine {

/// {"title", "side", "input": text of a grid, "rules", "answers", "truths", "copied"}; without the
/// last where nobody knows it.
Json to_json(const Trail& trail);
/// Throws DataError for what to_json() does not write.
Trail trail_of(const Json& json);

/// {"name", "colour", "form", "points"}.
Json to_json(const PointCloud& cloud);
/// Throws DataError for what to_json() does not write.
PointCloud cloud_of(const Json& json);

}  // namespace recombine
