#pragma once
// A handmade task, and models small enough to learn it in a second.

#include <memory>

#include <torch/torch.h>

#include "models/model.h"

namespace recombine {

inline ModelConfig tiny_config() {
  ModelConfig config;
  config.width = 16;
  config.heads = 2;
  config.feed_forward = 32;
  config.layers = 1;
  return config;
}

/// Two episodes of 4 x 4 grids, 2 study pairs and 3 queries: a coloured cell moves to the right in
/// the first and downwards in the second.
inline GridBatch tiny_batch() {
  const auto moves = [](bool down) {
    const torch::Tensor inputs = torch::zeros({5, 4, 4}, torch::kUInt8);
    const torch::Tensor outputs = torch::zeros({5, 4, 4}, torch::kUInt8);
    for (int i = 0; i < 5; ++i) {
      const int row = i % 3;
      const int col = (i * 2) % 3;
      inputs[i][row][col] = i + 1;
      outputs[i][row + (down ? 1 : 0)][col + (down ? 0 : 1)] = i + 1;
    }
    return torch::stack({inputs, outputs}, 1);  // [5, 2, 4, 4]
  };
  const torch::Tensor pairs = torch::stack({moves(false), moves(true)});  // [2, 5, 2, 4, 4]
  const torch::Tensor queries = pairs.narrow(1, 2, 3);
  return {pairs.narrow(1, 0, 2).contiguous(), queries.select(2, 0).contiguous(),
          queries.select(2, 1).contiguous()};
}

inline constexpr TaskShape kTinyShape{4, 2, 0, 0};

inline std::shared_ptr<GridModel> make_grid_model(const ModelConfig& config,
                                                  const TaskShape& shape,
                                                  std::uint64_t seed) {
  return std::dynamic_pointer_cast<GridModel>(make_model(config, shape, seed));
}

}  // namespace recombine
