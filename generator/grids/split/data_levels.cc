#include "generator/grids/split/data_levels.h"

#include <algorithm>
#include <set>

#include "data/progress.h"
#include "generator/grids/rules/transformation.h"
#include "generator/grids/search/grid_source.h"

namespace recombine {
namespace {

/// The types whose triplets are split, in the generator's order. An import does not say them: they
/// are the published ones, or, where its episodes have others, those that they have.
Names types_of(const EpisodeSet& data) {
  Names types = grids_of(data.manifest().recipe).types;
  if (says_grids(data.manifest().recipe)) return types;
  std::set<std::string> seen;
  for (const Episode& episode : data) {
    check_interrupted(kSplitAdvice);
    for (const Rule& rule : episode.grammar.rules) seen.insert(rule.type);
  }
  seen.erase("");
  const std::set<std::string> published(types.begin(), types.end());
  if (seen.size() < 3 || std::ranges::includes(published, seen)) return types;
  types.clear();
  for (const Transformation* known : transformations()) {
    if (seen.erase(std::string(known->name)) > 0) types.emplace_back(known->name);
  }
  types.insert(types.end(), seen.begin(), seen.end());
  return types;
}

}  // namespace

AxisLevels levels_in(const EpisodeSet& data,
                     const Axis& axis,
                     const SplitConfig& config,
                     CPythonRandom& random) {
  if (axis.name == axes().front().name) {
    const std::size_t rules = data.empty() ? kUsualRoles : data[0].grammar.rules.size();
    TripletSplit triplets = split_triplets(types_of(data), config, random, rules);
    return {&axis, std::move(triplets.train), std::move(triplets.test)};
  }
  std::set<std::string> levels;
  for (const Episode& episode : data) {
    check_interrupted(kSplitAdvice);
    for (std::string& level : axis.levels(episode)) levels.insert(std::move(level));
  }
  levels.erase("");
  return choose_levels(axis, levels, config);
}

}  // namespace recombine
