#pragma once
// Small episodes for the executor, and a small executor.

#include "models/executor/executor.h"
#include "tests/models/fixtures.h"

namespace recombine {

inline constexpr Roles kPair = kShapeRole | kColourRole;

inline ModelConfig executor_config() {
  ModelConfig config = tiny_config();
  config.name = "executor";
  config.pointer_width = 8;
  config.width = 32;
  return config;
}

/// An episode as arrays of positions: a red cell moves to the right by the shape rule and downwards
/// by the colour rule; the indicator in the corner has it painted blue.
struct Maker {
  torch::Tensor study = torch::zeros({1, 6, 2, 6, 6}, torch::kUInt8);
  torch::Tensor inputs = torch::zeros({1, 3, 6, 6}, torch::kUInt8);
  torch::Tensor outputs = torch::zeros({1, 3, 6, 6}, torch::kUInt8);

  static void put(
      const torch::Tensor& input, const torch::Tensor& output, Roles roles, int row, int col) {
    const int right = (roles & kShapeRole) != 0 ? 1 : 0;
    const int down = (roles & kColourRole) != 0 ? 1 : 0;
    const bool indicated = (roles & kIndicatorRole) != 0;
    if (indicated) {
      input[5][5] = 7;
      output[5][5] = 7;
    }
    input[row][col] = 2;
    output[row + down][col + right] = indicated ? 1 : 2;
  }
};

/// [1, 6 study pairs, one a section] and three queries that need all rules.
inline GridBatch one_episode() {
  Maker maker;
  for (int i = 0; i < 6; ++i) {
    const Roles roles = kStudySections[static_cast<std::size_t>(i)];
    Maker::put(maker.study[0][i][0], maker.study[0][i][1], roles, i % 3, (2 * i) % 3);
  }
  for (int i = 0; i < 3; ++i)
    Maker::put(maker.inputs[0][i], maker.outputs[0][i], kAllRoles, 2 - i, i);
  return {maker.study, maker.inputs, maker.outputs, {kStudySections.begin(), kStudySections.end()}};
}

/// The three queries of one_episode(), and themselves as its study pairs.
inline GridBatch three_shots() {
  GridBatch batch = one_episode();
  batch.study = torch::stack({batch.query_inputs, batch.query_outputs}, 2);
  batch.study_roles.assign(3, kAllRoles);
  return batch;
}

inline constexpr TaskShape kShape{6, 6, 0, 0};

/// The same, with the study pairs as queries behind the three.
inline GridBatch with_copies() {
  GridBatch batch = one_episode();
  batch.query_inputs = torch::cat({batch.query_inputs, batch.study.select(2, 0)}, 1);
  batch.query_outputs = torch::cat({batch.query_outputs, batch.study.select(2, 1)}, 1);
  batch.kinds.assign(3, {});
  for (int i = 0; i < 6; ++i)
    batch.kinds.push_back({batch.study_roles[static_cast<std::size_t>(i)], i});
  return batch;
}

}  // namespace recombine
