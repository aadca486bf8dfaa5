#include "models/executor/pointer.h"

#include <cmath>

#include "data/grid.h"
#include "models/fused/functions.h"

namespace recombine {
namespace {

/// Row and column of every cell, in the order of a board: [T P] int64 each.
struct CellPlaces {
  torch::Tensor rows, columns;
};

CellPlaces cell_places(const BoardShape& shape, torch::Device device) {
  const std::int64_t n = shape.patches_a_side();
  const auto options = torch::TensorOptions(torch::kInt64).device(device);
  const std::vector<std::int64_t> all{n, n, shape.patch, shape.patch};
  const torch::Tensor patch = torch::arange(n, options) * shape.patch;
  const torch::Tensor cell = torch::arange(shape.patch, options);
  const torch::Tensor rows = patch.view({n, 1, 1, 1}) + cell.view({1, 1, -1, 1});
  const torch::Tensor columns = patch.view({1, n, 1, 1}) + cell.view({1, 1, 1, -1});
  return {rows.expand(all).reshape(-1), columns.expand(all).reshape(-1)};
}

constexpr double kStay = 4;  ///< logit by which a cell points at its own row and column at first
constexpr double kCopy = 3;  ///< logit of copying at first

/// table [2 G - 1] by distance, source minus target -> [T P, G].
torch::Tensor by_distance(const torch::Tensor& table,
                          const torch::Tensor& targets,
                          std::int64_t side) {
  const torch::Tensor sources = torch::arange(side, targets.options());
  const torch::Tensor index = sources.unsqueeze(0) - targets.unsqueeze(1) + side - 1;
  const torch::Tensor stay = index.eq(side - 1).to(table.dtype()) * kStay;
  return table.index_select(0, index.flatten()).view(index.sizes()) + stay;
}

}  // namespace

Pointing pointing(const torch::Tensor& cells,
                  const torch::Tensor& boards,
                  const PointerKeys& keys,
                  const PointerBias& bias,
                  const BoardShape& shape) {
  const std::int64_t width = keys.rows.size(-1);
  const double scale = 1 / std::sqrt(static_cast<double>(width));
  const CellPlaces places = cell_places(shape, cells.device());
  // Logits of the rows or columns [N, G, C], from numbers `first` on of each cell.
  const auto logits = [&](std::int64_t first, const torch::Tensor& key, const torch::Tensor& table,
                          const torch::Tensor& from) {
    const torch::Tensor near = by_distance(table, from, shape.side).t();  // [G, C]
    return at::baddbmm(near.unsqueeze(0), key, cells.narrow(-1, first, width).transpose(1, 2), 1,
                       scale);
  };
  const torch::Tensor first = torch::zeros({1 + kColours}, cells.options());
  first.narrow(0, 0, 1).fill_(kCopy);
  return {logits(0, keys.rows, bias.rows, places.rows),
          logits(width, keys.columns, bias.columns, places.columns),
          cells.narrow(-1, 2 * width, 1 + kColours) + first,
          boards.unflatten(-1, {-1, kColours}).flatten(1, 2),
          places.rows * shape.side + places.columns};
}

torch::Tensor copied_cells(const Pointing& pointing) {
  const std::int64_t side = pointing.rows.size(1);
  const torch::Tensor source = pointing.rows.argmax(1) * side + pointing.columns.argmax(1);
  const torch::Tensor copies = at::softmax(pointing.kinds, -1).select(-1, 0).gt(0.5);
  const torch::Tensor by_place = torch::where(copies, source, -1);  // [N, C] as a board has them
  return torch::empty_like(by_place).index_copy_(1, pointing.order, by_place);
}

}  // namespace recombine
