#include "models/layers/pointer.h"

#include <cmath>
#include <string>

#include "data/grid.h"
#include "models/fused/functions.h"

namespace recombine {
namespace {

/// Row and column of every cell, in the order of a soft grid: [G P] int64 each.
struct CellPositions {
  torch::Tensor rows, columns;
};

CellPositions cell_positions(const GridShape& shape, torch::Device device) {
  const std::int64_t n = shape.patches_a_side();
  const auto options = torch::TensorOptions(torch::kInt64).device(device);
  const std::vector<std::int64_t> all{n, n, shape.patch, shape.patch};
  const torch::Tensor patch = torch::arange(n, options) * shape.patch;
  const torch::Tensor cell = torch::arange(shape.patch, options);
  const torch::Tensor rows = patch.view({n, 1, 1, 1}) + cell.view({1, 1, -1, 1});
  const torch::Tensor columns = patch.view({1, n, 1, 1}) + cell.view({1, 1, 1, -1});
  return {rows.expand(all).reshape(-1), columns.expand(all).reshape(-1)};
}

constexpr double kStay = 4;     ///< logit by which a cell points at its own row and column at first
constexpr double kCopy = 3;     ///< logit of copying at first
constexpr float kKeys = 0.25F;  ///< deviation of the keys of rows and columns

/// table [2 reach + 1] by distance, source minus target -> [G P, N].
torch::Tensor by_distance(const torch::Tensor& table,
                          const torch::Tensor& targets,
                          std::int64_t side) {
  const torch::Tensor sources = torch::arange(side, targets.options());
  const std::int64_t reach = table.size(0) / 2;
  const torch::Tensor index =
      (sources.unsqueeze(0) - targets.unsqueeze(1)).clamp(-reach, reach) + reach;
  const torch::Tensor stay = index.eq(reach).to(table.dtype()) * kStay;
  return table.index_select(0, index.flatten()).view(index.sizes()) + stay;
}

}  // namespace

Pointing pointing(const torch::Tensor& cells,
                  const torch::Tensor& soft_grids,
                  const PointerKeys& keys,
                  const PointerBias& bias,
                  const GridShape& shape) {
  const std::int64_t width = keys.rows.size(-1);
  const double scale = 1 / std::sqrt(static_cast<double>(width));
  const CellPositions positions = cell_positions(shape, cells.device());
  // Logits of the rows or columns [R, N, N^2], from numbers `first` on of each cell.
  const auto logits = [&](std::int64_t first, const torch::Tensor& key, const torch::Tensor& table,
                          const torch::Tensor& from) {
    const torch::Tensor near = by_distance(table, from, shape.side).t();  // [N, N^2]
    return at::baddbmm(near.unsqueeze(0), key, cells.narrow(-1, first, width).transpose(1, 2), 1,
                       scale);
  };
  const torch::Tensor first = torch::zeros({1 + kColours}, cells.options());
  first.narrow(0, 0, 1).fill_(kCopy);
  return {.rows = logits(0, keys.rows, bias.rows, positions.rows),
          .columns = logits(width, keys.columns, bias.columns, positions.columns),
          .kinds = cells.narrow(-1, 2 * width, 1 + kColours) + first,
          .soft_grids = soft_grids.unflatten(-1, {-1, kColours}).flatten(1, 2),
          .order = positions.rows * shape.side + positions.columns};
}

torch::Tensor copied_cells(const Pointing& pointing) {
  const std::int64_t side = pointing.rows.size(1);
  const torch::Tensor source = pointing.rows.argmax(1) * side + pointing.columns.argmax(1);
  const torch::Tensor copies = at::softmax(pointing.kinds, -1).select(-1, 0).gt(0.5);
  // [R, N^2], in the order of a soft grid.
  const torch::Tensor by_position = torch::where(copies, source, -1);
  return torch::empty_like(by_position).index_copy_(1, pointing.order, by_position);
}

void add_pointer(ParameterCollector& to, const PointerTables& tables) {
  const bool relative = tables.reach > 0;
  const std::int64_t distances = 2 * (relative ? tables.reach : tables.side - 1) + 1;
  const std::vector<std::int64_t> places =
      relative ? std::vector<std::int64_t>{2, kBoardDistances, tables.width}
               : std::vector<std::int64_t>{tables.side, tables.width};
  for (const char* axis : {"rows", "columns"}) {
    to.normal(std::string("pointer.") + axis, places, kKeys);
    to.specs.push_back({.name = std::string("pointer.bias_") + axis, .shape = {distances}});
    if (tables.bounding_box)
      to.normal(std::string("pointer.frame_") + axis, {2, distances, tables.width}, kKeys);
  }
}

Pointer::Pointer(const WeightTable& weights, const GridShape& shape)
    : patch_(shape.patch),
      rows_(weights.at("pointer.rows")),
      columns_(weights.at("pointer.columns")),
      box_rows_(weight_or_none(weights, "pointer.frame_rows")),
      box_columns_(weight_or_none(weights, "pointer.frame_columns")),
      bias_{.rows = weights.at("pointer.bias_rows"),
            .columns = weights.at("pointer.bias_columns")} {}

PointerKeys Pointer::keys(const torch::Tensor& bounding_boxes,
                          std::int64_t patches,
                          std::int64_t count) const {
  const std::int64_t side = shape_of_patches(patches, patch_).side;
  const auto along = [&](const torch::Tensor& places, const torch::Tensor& from_edges,
                         std::int64_t first) {
    const torch::Tensor fixed = places_along(places, side, 1).unsqueeze(0);  // [1, N, K]
    if (!from_edges.defined()) return fixed.expand({count, -1, -1});
    return fixed + seen_from_edges(bounding_boxes.narrow(1, first, 2), from_edges, 1);
  };
  return {.rows = along(rows_, box_rows_, 0), .columns = along(columns_, box_columns_, 2)};
}

Pointing Pointer::point(const torch::Tensor& numbers,
                        const torch::Tensor& soft_grids,
                        const PointerKeys& keys) const {
  const torch::Tensor cells = numbers.view({numbers.size(0), -1, pointer_numbers(rows_.size(-1))});
  return pointing(cells, soft_grids, keys, bias_, shape_of_patches(soft_grids.size(1), patch_));
}

}  // namespace recombine
