#include "models/executor/soft_grids.h"

#include "data/grid.h"
#include "models/layers/patches.h"

namespace recombine {
namespace {

/// filled [R, N] of zeros and ones -> the same with the first one of each row alone.
torch::Tensor first_of(const torch::Tensor& filled) {
  return filled * filled.cumsum(-1).eq(1).to(filled.dtype());
}

}  // namespace

torch::Tensor given_soft_grids(const torch::Tensor& grids, const GridShape& shape) {
  return one_hot_cells(to_patches(grids, static_cast<int>(shape.patch)));
}

torch::Tensor common_cells(const torch::Tensor& grids) {
  const torch::Tensor first = grids.select(1, 0);  // [B, N, N]
  return first * grids.eq(first.unsqueeze(1)).all(1);
}

torch::Tensor object_occupancy(const torch::Tensor& soft_grids, const torch::Tensor& indicator) {
  const torch::Tensor other = (soft_grids * (1 - indicator)).unflatten(-1, {-1, kColours});
  return other.narrow(-1, 1, kColours - 1).sum(-1);
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

}  // namespace recombine
