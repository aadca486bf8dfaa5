#pragma once
// A small executor that has learned the rules of the fixtures and has them as its library.

#include <memory>

#include "models/executor/rule_library.h"
#include "models/optimisers/optimiser.h"
#include "tests/models/executor/executor_fixtures.h"

namespace recombine {

/// Episodes of the same rules as one_episode(), with the cell elsewhere in each; the study pairs
/// are asked too.
inline GridBatch many_episodes() {
  constexpr int kEpisodes = 8;
  GridBatch batch = with_copies();
  batch.study = torch::zeros({kEpisodes, 6, 2, 6, 6}, torch::kUInt8);
  const torch::Tensor queries = torch::zeros({kEpisodes, 3, 2, 6, 6}, torch::kUInt8);
  for (int episode = 0; episode < kEpisodes; ++episode) {
    for (int pair = 0; pair < 9; ++pair) {
      const int place = (7 * episode + 5 * pair) % 16;
      const torch::Tensor grids =
          pair < 6 ? batch.study[episode][pair] : queries[episode][pair - 6];
      const Roles roles = pair < 6 ? kStudySections.at(static_cast<std::size_t>(pair)) : kAllRoles;
      Maker::put(grids[0], grids[1], roles, place / 4, place % 4);
    }
  }
  batch.query_inputs = torch::cat({queries.select(2, 0), batch.study.select(2, 0)}, 1);
  batch.query_outputs = torch::cat({queries.select(2, 1), batch.study.select(2, 1)}, 1);
  return batch;
}

/// So many episodes, each the same.
inline GridBatch copies_of(GridBatch batch, std::int64_t count) {
  batch.study = batch.study.repeat({count, 1, 1, 1, 1});
  batch.query_inputs = batch.query_inputs.repeat({count, 1, 1, 1});
  batch.query_outputs = batch.query_outputs.repeat({count, 1, 1, 1});
  return batch;
}

/// An executor that has learned the three rules, and knows them: to the right, downwards, blue.
inline const ExecutorModel& taught() {
  static const std::shared_ptr<ExecutorModel> kTaught = [] {
    ModelConfig config = executor_config();
    ExecutorModel model(config, kShape, 1);
    const auto optimiser =
        make_optimiser(model.weights(), {.name = "muon", .lr = 3e-3, .muon_lr = 0.02, .clip = 1});
    const GridBatch batch = many_episodes();
    constexpr int kSteps = 300;
    for (int step = 0; step < kSteps; ++step) {
      model.zero_grad();
      model.loss(batch).backward();
      optimiser->step(1.0 - step / static_cast<double>(kSteps));
    }
    config.sections = "searched";
    return with_library(model, {batch}, config);
  }();
  return *kTaught;
}

}  // namespace recombine
