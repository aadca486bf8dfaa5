#include "models/pointer.h"

#include <cmath>

#include "data/grid.h"

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

/// boards [N, T, 10 P] -> [N, G G, 10], cells row-major.
torch::Tensor row_major(const torch::Tensor& boards, const BoardShape& shape) {
  const std::int64_t n = shape.patches_a_side();
  return boards.view({-1, n, n, shape.patch, shape.patch, kColours})
      .permute({0, 1, 3, 2, 4, 5})
      .reshape({-1, shape.side * shape.side, kColours});
}

}  // namespace

torch::Tensor point(const torch::Tensor& cells,
                    const torch::Tensor& boards,
                    const PointerKeys& keys,
                    const PointerBias& bias,
                    const BoardShape& shape) {
  const std::int64_t width = keys.rows.size(-1);
  const double scale = 1 / std::sqrt(static_cast<double>(width));
  const CellPlaces places = cell_places(shape, cells.device());
  const auto shares = [&](std::int64_t first, const torch::Tensor& key, const torch::Tensor& table,
                          const torch::Tensor& from) {
    const torch::Tensor near = by_distance(table, from, shape.side);  // [T P, G]
    return at::softmax(at::baddbmm(near.unsqueeze(0), cells.narrow(-1, first, width),
                                   key.transpose(1, 2), 1, scale),
                       -1);  // [N, T P, G]
  };
  const torch::Tensor rows = shares(0, keys.rows, bias.rows, places.rows);
  const torch::Tensor columns = shares(width, keys.columns, bias.columns, places.columns);
  const torch::Tensor first = torch::zeros({1 + kColours}, cells.options());
  first[0].fill_(kCopy);
  const torch::Tensor kind = at::softmax(cells.narrow(-1, 2 * width, 1 + kColours) + first, -1);
  const torch::Tensor copied = rows * kind.narrow(-1, 0, 1);
  const torch::Tensor sources = (copied.unsqueeze(-1) * columns.unsqueeze(-2)).flatten(-2);
  const torch::Tensor next =
      at::baddbmm(kind.narrow(-1, 1, kColours), sources, row_major(boards, shape));  // [N, T P, 10]
  return next.view(boards.sizes());
}

}  // namespace recombine
