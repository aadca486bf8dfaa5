#include "models/executor/grid_tokens.h"

#include "models/layers/rows.h"

namespace recombine {

torch::Tensor seen_from_edges(const torch::Tensor& frames,
                              const torch::Tensor& table,
                              std::int64_t step) {
  const std::int64_t side = frames.size(2);
  const auto options = torch::TensorOptions(torch::kInt64).device(table.device());
  const torch::Tensor places = torch::arange(0, side, step, options);
  const torch::Tensor index =
      places.unsqueeze(0) - torch::arange(side, options).unsqueeze(1) + side - 1;  // [G, G / step]
  const torch::Tensor by_edge =
      table.index_select(1, index.flatten()).view({2 * side, -1});  // [2 G, G / step W]
  return at::mm(frames.flatten(1), by_edge).view({-1, places.size(0), table.size(2)});
}

BoardScene BoardTokens::scene(const torch::Tensor& study,
                              const std::vector<std::int64_t>& indicated) const {
  torch::Tensor common = torch::zeros_like(study.select(1, 0).select(1, 0));
  if (config_.indicator && !indicated.empty()) {
    const torch::Tensor index = row_index(indicated, study.device());
    common = common_cells(study.index_select(1, index).flatten(1, 2));
  }
  const torch::Tensor cells = given_boards(common, shape_);
  const auto add = [&](const std::string& name) {
    const torch::Tensor place =
        (weights_.at(name + ".row").unsqueeze(1) + weights_.at(name + ".column").unsqueeze(0))
            .flatten(0, 1);
    return config_.indicator ? at::linear(cells, weights_.at(name + ".scene")) + place
                             : place.expand({cells.size(0), -1, -1});
  };
  return {cells, add("pairs"), add("boards")};
}

BoardReading BoardTokens::read(const torch::Tensor& boards, const BoardScene& scene) const {
  BoardReading reading{boards, {}};
  if (config_.occupancy || config_.bounding_box) {
    const torch::Tensor occupancy = object_occupancy(boards, scene.cells);
    if (config_.occupancy) reading.features = at::cat({boards, occupancy}, -1);
    if (config_.bounding_box) reading.frames = object_frame(occupancy, shape_);
  }
  reading.features = reading.features.flatten(0, 1);
  return reading;
}

torch::Tensor BoardTokens::tokens(const std::string& name, const BoardReading& reading) const {
  torch::Tensor x = at::linear(reading.features, weights_.at(name + ".cells"));
  if (!config_.bounding_box) return x;
  const torch::Tensor rows = seen_from_edges(reading.frames.narrow(1, 0, 2),
                                             weights_.at(name + ".frame_rows"), shape_.patch);
  const torch::Tensor columns = seen_from_edges(reading.frames.narrow(1, 2, 2),
                                                weights_.at(name + ".frame_columns"), shape_.patch);
  return x + (rows.unsqueeze(2) + columns.unsqueeze(1)).flatten(1, 2);
}

}  // namespace recombine
