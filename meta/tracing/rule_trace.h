#pragma once
// What an executor makes of a query rule by rule, and of the rules themselves.

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "data/json.h"
#include "data/storage/dataset.h"
#include "eval/drawing/scatter.h"
#include "eval/drawing/trail_scene.h"
#include "meta/tracing/found_study.h"
#include "models/model.h"

namespace recombine {

struct RuleTrace {
  std::uint64_t queries = 0;
  std::uint64_t skipped = 0;  ///< queries of episodes whose grammar does not say the grids between
  /// Queries whose most probable grid is the true one after the shape, colour and indicator rule;
  /// of rules that are run at once, after the last of them.
  std::array<std::uint64_t, 3> exact{};
  std::array<bool, 3> looked{};     ///< after which of them there was a grid
  std::vector<std::string> units;   ///< what was run at once, in order: "shape+colour"
  std::vector<Trail> trails;        ///< of the first query of the first episodes
  std::vector<FoundStudy> found;    ///< of each episode
  bool finds_orders = false;        ///< whether the model finds them, or has one built in
  std::vector<PointCloud> vectors;  ///< rule vectors on their two principal components
};

/// The first `count` episodes of a set, of which `pictures` become trails.
/// Throws DataError where no grammar says what the grids between the rules are.
RuleTrace rule_trace(const GridModel& model,
                     const EpisodeSet& set,
                     std::uint64_t count,
                     int pictures);

Json to_json(const RuleTrace& trace);
/// Writes grids-<set>.png and rules-<set>.png.
void write_rule_pictures(const std::string& set,
                         const RuleTrace& trace,
                         const std::filesystem::path& folder);
std::string rule_markdown(const std::string& set, const RuleTrace& trace);

}  // namespace recombine
