#pragma once
// What tracing found at some checkpoints of a run, as a file, as tables and as pictures.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "data/json.h"
#include "meta/tracing/causal.h"
#include "meta/tracing/lens.h"

namespace recombine {

struct TracedCheckpoint {
  std::uint64_t step = 0;
  std::vector<LensRow> lens;
  std::vector<CausalRow> causal;
};

struct TracedSet {
  std::string name;    ///< "test_id"
  std::string digest;  ///< of the data
  std::uint64_t items = 0;
  bool chain = false;                         ///< whether answers write the bridge down
  std::vector<TracedCheckpoint> checkpoints;  ///< steps rising
};

/// {"name", "data_digest", "items", "chain", "checkpoints": [{"step", "lens": [...], "causal":
/// [...]}]}
Json to_json(const TracedSet& set);

/// Tables of the last checkpoint, each under a sentence on what it shows, and of the bridge over
/// the checkpoints where there are several.
std::string trace_markdown(const TracedSet& set);

/// Writes lens-<set>.png, causal-<set>.png and, of several checkpoints, timeline-<set>.png.
void write_trace_pictures(const TracedSet& set, const std::filesystem::path& folder);

}  // namespace recombine
