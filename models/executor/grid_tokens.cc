#include "models/executor/grid_tokens.h"

#include "models/layers/rows.h"

namespace recombine {

torch::Tensor seen_from_edges(const torch::Tensor& boxes,
                              const torch::Tensor& table,
                              std::int64_t step) {
  const std::int64_t side = boxes.size(2);
  const auto options = torch::TensorOptions(torch::kInt64).device(table.device());
  const torch::Tensor positions = torch::arange(0, side, step, options);
  const torch::Tensor index = positions.unsqueeze(0) - torch::arange(side, options).unsqueeze(1) +
                              side - 1;  // [N, N / step]
  const torch::Tensor by_edge =
      table.index_select(1, index.flatten()).view({2 * side, -1});  // [2 N, N / step width]
  return at::mm(boxes.flatten(1), by_edge).view({-1, positions.size(0), table.size(2)});
}

SoftGridReader::SoftGridReader(const ModelConfig& config, const GridShape& shape)
    : shape_(shape), occupancy_(config.occupancy), bounding_box_(config.bounding_box) {}

SoftGridReading SoftGridReader::operator()(const torch::Tensor& soft_grids,
                                           const torch::Tensor& indicator) const {
  SoftGridReading reading{soft_grids, {}};
  if (occupancy_ || bounding_box_) {
    const torch::Tensor occupancy = object_occupancy(soft_grids, indicator);
    if (occupancy_) reading.features = at::cat({soft_grids, occupancy}, -1);
    if (bounding_box_) reading.bounding_boxes = object_bounding_box(occupancy, shape_);
  }
  reading.features = reading.features.flatten(0, 1);
  return reading;
}

GridEmbedding::GridEmbedding(const WeightTable& weights,
                             const std::string& name,
                             const GridShape& shape)
    : patch_(shape.patch),
      cells_(weights.at(name + ".cells")),
      box_rows_(weight_or_none(weights, name + ".frame_rows")),
      box_columns_(weight_or_none(weights, name + ".frame_columns")) {}

torch::Tensor GridEmbedding::operator()(const SoftGridReading& reading) const {
  torch::Tensor x = at::linear(reading.features, cells_);
  if (!box_rows_.defined()) return x;
  const torch::Tensor rows =
      seen_from_edges(reading.bounding_boxes.narrow(1, 0, 2), box_rows_, patch_);
  const torch::Tensor columns =
      seen_from_edges(reading.bounding_boxes.narrow(1, 2, 2), box_columns_, patch_);
  return x + (rows.unsqueeze(2) + columns.unsqueeze(1)).flatten(1, 2);
}

torch::Tensor patch_positions(const torch::Tensor& rows, const torch::Tensor& columns) {
  return (rows.unsqueeze(1) + columns.unsqueeze(0)).flatten(0, 1);
}

IndicatorFinder::Addition::Addition(const WeightTable& weights, const std::string& name)
    : row(weights.at(name + ".row")),
      column(weights.at(name + ".column")),
      indicator(weight_or_none(weights, name + ".scene")) {}

torch::Tensor IndicatorFinder::Addition::operator()(const torch::Tensor& cells) const {
  const torch::Tensor positions = patch_positions(row, column);
  return indicator.defined() ? at::linear(cells, indicator) + positions
                             : positions.expand({cells.size(0), -1, -1});
}

IndicatorFinder::IndicatorFinder(const WeightTable& weights, const GridShape& shape)
    : shape_(shape), pairs_(weights, "pairs"), grids_(weights, "boards") {}

EpisodeIndicator IndicatorFinder::operator()(const torch::Tensor& study,
                                             const std::vector<std::int64_t>& indicated) const {
  torch::Tensor common = torch::zeros_like(study.select(1, 0).select(1, 0));
  if (pairs_.indicator.defined() && !indicated.empty()) {
    const torch::Tensor index = row_index(indicated, study.device());
    common = common_cells(study.index_select(1, index).flatten(1, 2));
  }
  const torch::Tensor cells = given_soft_grids(common, shape_);
  return {.cells = cells, .pairs = pairs_(cells), .grids = grids_(cells)};
}

}  // namespace recombine
