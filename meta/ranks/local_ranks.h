#pragma once
// Ranks on this machine, started by one of its processes.

#include <string>
#include <vector>

#include "meta/ranks/rank_place.h"

namespace recombine {

/// Whether this process was started by run_local_ranks().
bool is_local_rank(const Environment& environment);

/// Runs `words` (a program and its arguments) as `count` processes that are ranks 0, 1..., and
/// waits for all. Signals that end this process, or ask it to save, go on to them; where it is
/// killed, they are interrupted. Returns the exit code of rank 0, or 1 where that went well, or was
/// killed, and another rank did not end well; throws RankLost where all of those were killed, so
/// that none could say so.
int run_local_ranks(const std::vector<std::string>& words, int count);

}  // namespace recombine
