#pragma once
// Keyword arguments as options: read as the command line reads them, with its errors.

#include <string>
#include <utility>
#include <vector>

#include "eval/scoring/config.h"
#include "generator/facts/config.h"
#include "generator/grids/config.h"
#include "generator/grids/run_config.h"
#include "generator/grids/split/split.h"

namespace recombine::python {

/// Options by their names of the command line, with their values as text there.
using Words = std::vector<std::pair<std::string, std::string>>;

/// What is said beside what was read: a line for each older name.
using Remarks = std::vector<std::string>;

struct GridOptions {
  GridConfig grids;
  GridRunConfig run;
};

/// What `recombine generate grids` reads of these words. `run.episodes` is 0 where no word says it:
/// endless. Throws InputError with the text of the command line.
GridOptions read_grid_options(const Words& words, Remarks& remarks);

/// What `recombine generate facts` reads. Throws InputError.
FactConfig read_fact_options(const Words& words, Remarks& remarks);

/// What `recombine evaluate` reads for its section. Throws InputError.
EvaluateConfig read_evaluate_options(const Words& words, Remarks& remarks);

/// What `recombine split` reads for its section. Throws InputError.
SplitConfig read_split_options(const Words& words, Remarks& remarks);

/// The words that are not the default: the shortest that give the same options again.
Words changed_words(const GridOptions& options);
Words changed_words(const FactConfig& options);

}  // namespace recombine::python
