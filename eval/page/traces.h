#pragma once
// What goes on inside a model, as part of a page: what `recombine trace` wrote.

#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

#include "data/json.h"

namespace recombine {

/// A trace.json.
struct PageTrace {
  std::string name;  ///< what tells its folder from those of other traces
  Json trace;        ///< "run", "sets"
};

/// Reads `folder`/trace.json; throws DataError where it is none of recombine trace.
PageTrace read_trace(const std::filesystem::path& folder, std::string name);

/// Its sets, each under a heading: of grids how often the grid after each rule is right, the grids
/// between rules, pointers and rule vectors, or where attention goes; of facts the logit lens,
/// causal tracing and, of several checkpoints, how the lens changed over training. HTML.
std::string trace_html(const PageTrace& trace);

}  // namespace recombine
