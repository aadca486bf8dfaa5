#include "models/executor/grid_tokens.h"

#include "models/layers/rows.h"

namespace recombine {

SoftGridReader::SoftGridReader(const ModelConfig& config)
    : patch_(config.patch), occupancy_(config.occupancy), bounding_box_(config.bounding_box) {}

SoftGridReading SoftGridReader::operator()(const torch::Tensor& soft_grids,
                                           const torch::Tensor& indicator) const {
  SoftGridReading reading{soft_grids, {}};
  if (occupancy_ || bounding_box_) {
    const torch::Tensor occupancy = object_occupancy(soft_grids, indicator);
    if (occupancy_) reading.features = at::cat({soft_grids, occupancy}, -1);
    if (bounding_box_)
      reading.bounding_boxes =
          object_bounding_box(occupancy, shape_of_patches(soft_grids.size(-2), patch_));
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

IndicatorFinder::Addition::Addition(const WeightTable& weights, const std::string& name)
    : row(weights.at(name + ".row")),
      column(weights.at(name + ".column")),
      indicator(weight_or_none(weights, name + ".scene")) {}

torch::Tensor IndicatorFinder::Addition::operator()(const torch::Tensor& cells,
                                                    std::int64_t patch) const {
  const torch::Tensor positions =
      patch_positions(row, column, shape_of_patches(cells.size(1), patch));
  return indicator.defined() ? at::linear(cells, indicator) + positions
                             : positions.expand({cells.size(0), -1, -1});
}

IndicatorFinder::IndicatorFinder(const WeightTable& weights, const GridShape& shape)
    : patch_(shape.patch), pairs_(weights, "pairs"), grids_(weights, "boards") {}

EpisodeIndicator IndicatorFinder::operator()(const torch::Tensor& study,
                                             const std::vector<std::int64_t>& indicated) const {
  return together(study, {indicated});
}

EpisodeIndicator IndicatorFinder::together(
    const torch::Tensor& study, const std::vector<std::vector<std::int64_t>>& indicated) const {
  torch::Tensor common = torch::zeros_like(study.select(1, 0).select(1, 0));
  for (const std::vector<std::int64_t>& pairs : indicated) {
    if (!pairs_.indicator.defined() || pairs.empty()) continue;
    const torch::Tensor index = row_index(pairs, study.device());
    common = at::maximum(common, common_cells(study.index_select(1, index).flatten(1, 2)));
  }
  const torch::Tensor cells = given_soft_grids(common, patch_);
  return {.cells = cells, .pairs = pairs_(cells, patch_), .grids = grids_(cells, patch_)};
}

}  // namespace recombine
