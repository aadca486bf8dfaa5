#pragma once
// The configs of a run out of its folder.

#include "meta/run/run_folder.h"
#include "tools/run_config.h"

namespace recombine {

/// Throws DataError where the folder is no run or its config.ini was damaged.
void read_run_config(const RunFolder& run, RunConfig& config);

/// `given`, which is bound to `options`, becomes the run's own config. Throws InputError, naming
/// the first, where the command line or a file sets an option that the run has otherwise: a run
/// keeps its options.
void resume_config(const RunFolder& run, const Options& options, RunConfig& given);

}  // namespace recombine
