#pragma once
// What tracing found at some checkpoints of a run, as a file, as tables and as pictures.

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "data/json.h"
#include "meta/tracing/exchange.h"
#include "meta/tracing/lens.h"

namespace recombine {

/// What the questions of a set look like.
struct TraceLayout {
  std::vector<std::string> positions;  ///< "p0 (h)", one a position
  std::vector<std::string> targets;    ///< of the lens
  std::vector<std::pair<std::string, int>>
      watched;             ///< targets and positions that show over training when hops appear
  bool in_stages = false;  ///< whether position 3 is a stage of its own, after the bridge
};
TraceLayout two_hop_layout(bool chain);
/// Of comparisons with this many tokens before the label.
TraceLayout comparison_layout(std::size_t length);

struct TracedCheckpoint {
  std::uint64_t step = 0;
  std::vector<LensRow> lens;
  std::vector<CausalRow> causal;
};

struct TracedSet {
  std::string name;    ///< "test_id"
  std::string digest;  ///< of the data
  std::uint64_t items = 0;
  bool chain = false;  ///< whether answers write the bridge down
  TraceLayout layout;
  std::vector<TracedCheckpoint> checkpoints;  ///< steps rising
};

/// {"name", "data_digest", "items", "chain", "positions", "checkpoints": [{"step", "lens": [...],
/// [...]}]}
Json to_json(const TracedSet& set);

/// Tables of the last checkpoint, each under a sentence on what it shows, and of the bridge over
/// the checkpoints where there are several.
std::string trace_markdown(const TracedSet& set);

/// Writes lens-<set>.png, causal-<set>.png and, of several checkpoints, timeline-<set>.png.
void write_trace_pictures(const TracedSet& set, const std::filesystem::path& folder);

}  // namespace recombine
