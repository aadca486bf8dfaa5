#pragma once
// Episodes as ARC tasks (the ARC repository's task files): study pairs are `train`, queries `test`.

#include <string>
#include <string_view>
#include <vector>

#include "data/episode.h"
#include "data/json.h"

namespace recombine {

/// {"train": [{"input": G, "output": G}, ...], "test": [...]}, spaced as Python's json.dumps.
std::string arc_task(const Episode& episode);

/// The same without the outputs of the queries: a row of a bundle's challenges.
std::string arc_challenge(const Episode& episode);

/// The outputs of the queries: a row of a bundle's solutions.
std::string arc_solution(const Episode& episode);

/// Reads a task; its rules are unknown. Throws DataError for anything else, also for grids that are
/// not square or not all of one side: ARC has them, episodes do not.
Episode episode_from_arc(const Json& task, std::string id);

/// The same from a challenge and its solution.
Episode episode_from_arc(const Json& challenge, const Json& solution, std::string id);

}  // namespace recombine
