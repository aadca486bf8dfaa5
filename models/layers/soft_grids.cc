#include "models/layers/soft_grids.h"

#include <cmath>

#include "data/grid.h"
#include "models/layers/patch_loss.h"
#include "models/layers/patches.h"
#include "models/layers/weighted_mean.h"

namespace recombine {
namespace {

/// filled [R, N] of zeros and ones -> the same with the first one of each row alone.
torch::Tensor first_of(const torch::Tensor& filled) {
  return filled * filled.cumsum(-1).eq(1).to(filled.dtype());
}

}  // namespace

GridShape shape_of_patches(std::int64_t patches, std::int64_t patch) {
  const auto along = static_cast<std::int64_t>(std::lround(std::sqrt(patches)));
  return {.side = along * patch, .patch = patch};
}

torch::Tensor given_soft_grids(const torch::Tensor& grids, std::int64_t patch) {
  return one_hot_cells(to_patches(grids, static_cast<int>(patch)));
}

torch::Tensor common_cells(const torch::Tensor& grids) {
  const torch::Tensor first = grids.select(1, 0);  // [B, N, N]
  return first * grids.eq(first.unsqueeze(1)).all(1);
}

torch::Tensor occupancy_of(const torch::Tensor& soft_grids) {
  return soft_grids.unflatten(-1, {-1, kColours}).narrow(-1, 1, kColours - 1).sum(-1);
}

torch::Tensor object_occupancy(const torch::Tensor& soft_grids, const torch::Tensor& indicator) {
  return occupancy_of(soft_grids * (1 - indicator));
}

torch::Tensor object_bounding_box(const torch::Tensor& occupancy, const GridShape& shape) {
  const torch::NoGradGuard guard;
  const std::int64_t n = shape.patches_a_side();
  const torch::Tensor filled =
      occupancy.detach().gt(0.5).view({-1, n, n, shape.patch, shape.patch});
  const auto along = [&](std::int64_t across, std::int64_t within) {
    return filled.any(across).any(within).reshape({-1, shape.side}).to(torch::kFloat32);
  };
  const torch::Tensor rows = along(2, 3);  // [R, N]
  const torch::Tensor columns = along(1, 2);
  return torch::stack({first_of(rows), first_of(rows.flip(-1)).flip(-1), first_of(columns),
                       first_of(columns.flip(-1)).flip(-1)},
                      1);
}

torch::Tensor seen_from_edges(const torch::Tensor& boxes,
                              const torch::Tensor& table,
                              std::int64_t step) {
  const std::int64_t side = boxes.size(2);
  const auto options = torch::TensorOptions(torch::kInt64).device(table.device());
  const torch::Tensor positions = torch::arange(0, side, step, options);
  const std::int64_t reach = table.size(1) / 2;
  const torch::Tensor index =
      (positions.unsqueeze(0) - torch::arange(side, options).unsqueeze(1)).clamp(-reach, reach) +
      reach;  // [N, N / step]
  const torch::Tensor by_edge =
      table.index_select(1, index.flatten()).view({2 * side, -1});  // [2 N, N / step width]
  return at::mm(boxes.flatten(1), by_edge).view({-1, positions.size(0), table.size(2)});
}

torch::Tensor places_along(const torch::Tensor& table, std::int64_t side, std::int64_t step) {
  if (table.dim() == 2) return table;
  const auto options = torch::TensorOptions(torch::kInt64).device(table.device());
  const torch::Tensor positions = torch::arange(0, side, step, options);
  const std::int64_t last = table.size(1) - 1;
  return table.select(0, 0).index_select(0, positions.clamp(0, last)) +
         table.select(0, 1).index_select(0, (side - 1 - positions).clamp(0, last));
}

torch::Tensor patch_positions(const torch::Tensor& rows,
                              const torch::Tensor& columns,
                              const GridShape& shape) {
  return (places_along(rows, shape.side, shape.patch).unsqueeze(1) +
          places_along(columns, shape.side, shape.patch).unsqueeze(0))
      .flatten(0, 1);
}

torch::Tensor soft_grid_loss(const torch::Tensor& soft_grids,
                             const torch::Tensor& targets,
                             double zero_patch_weight) {
  const torch::Tensor weight =
      patch_weights({.compact = false, .zero_patch_weight = zero_patch_weight}, targets)
          .unsqueeze(-1)
          .expand_as(targets)
          .contiguous();
  const torch::Tensor probability =
      soft_grids.unflatten(-1, {-1, kColours}).gather(-1, targets.to(torch::kInt64).unsqueeze(-1));
  return weighted_mean(-(probability.squeeze(-1) + kProbabilityFloor).log(), weight);
}

std::pair<torch::Tensor, torch::Tensor> most_probable_grids(const torch::Tensor& soft_grids,
                                                            std::int64_t patch) {
  const auto [probability, colours] =
      soft_grids.unflatten(-1, {-1, kColours}).max(-1);  // [..., G, P]
  const std::int64_t side = shape_of_patches(soft_grids.size(-2), patch).side;
  return {from_patches(colours.to(torch::kUInt8).flatten(0, -3), static_cast<int>(side),
                       static_cast<int>(patch)),
          (probability + kProbabilityFloor).log().sum(std::vector<std::int64_t>{-1, -2})};
}

}  // namespace recombine
