#pragma once
// Predictors of grids without training: what a score means is seen beside theirs. To add one: a
// file beside this one, and its declaration and line in registry.cc. Those of facts:
// fact_baseline.h.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/storage/dataset.h"
#include "data/storage/prediction.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// What a predictor may see of an episode: never the answers, never the grammar.
struct Task {
  std::span<const Example> study;
  std::vector<Grid> inputs;          ///< of the queries
  std::uint64_t seed = 0;            ///< of the random baselines
  std::uint64_t item = 0;            ///< names the episode's stream of random words
  const RuleSpace* rules = nullptr;  ///< those that there are, for baselines that go by rules
  std::vector<Roles> roles = {};     ///< of the queries; empty: all rules
  Roles roles_of(std::size_t query) const { return roles.empty() ? kUnknownRoles : roles[query]; }
};

/// An answer a query; nothing where the baseline has none.
using Answers = std::vector<std::optional<Grid>>;

struct BaselineEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view no_answer;  ///< why there is none, where there is none
  Answers (*answer)(const Task& task);
  bool by_rules = false;  ///< whether it looks at Task::rules
};

std::span<const BaselineEntry> baseline_entries();

/// Throws InputError, naming the nearest, where there is none of that name for grids.
const BaselineEntry& find_baseline(std::string_view name);

/// The predictions of a baseline for an episode, a query each.
std::vector<Prediction> predict_episode(const BaselineEntry& baseline,
                                        const Episode& episode,
                                        const RuleSpace& rules,
                                        std::uint64_t seed);

/// How a baseline is asked.
struct BaselineRun {
  std::uint64_t seed = 0;
  int threads = 0;    ///< 0: all cores; never changes the answers
  std::string split;  ///< name of the set, for the record
  PredictionPart part = {};
  std::uint64_t limit = 0;  ///< items that are asked, the first ones; 0: all
};

/// What a baseline had no answer to.
struct Silence {
  std::size_t without_study = 0;  ///< episodes without study pairs
  std::size_t queries = 0;        ///< of other episodes
};

/// Writes the answers to `run.part` of `data` as a prediction file.
Silence write_baseline(const BaselineEntry& baseline,
                       const EpisodeSet& data,
                       const BaselineRun& run,
                       const std::filesystem::path& out,
                       const std::function<void(std::size_t done)>& on_episode = {});

}  // namespace recombine
