#include "models/layers/patches.h"

#include "data/grid.h"

namespace recombine {

torch::Tensor to_patches(const torch::Tensor& grids, int patch) {
  const std::int64_t side = grids.size(-1);
  const std::int64_t n = side / patch;
  return grids.reshape({-1, n, patch, n, patch})
      .permute({0, 1, 3, 2, 4})
      .reshape({-1, n * n, static_cast<std::int64_t>(patch) * patch});
}

torch::Tensor from_patches(const torch::Tensor& patches, int side, int patch) {
  const std::int64_t n = side / patch;
  return patches.reshape({-1, n, n, patch, patch})
      .permute({0, 1, 3, 2, 4})
      .reshape({-1, side, side});
}

torch::Tensor one_hot_cells(const torch::Tensor& cells) {
  const auto options = torch::TensorOptions().device(cells.device());
  const torch::Tensor colours = torch::arange(kColours, options.dtype(torch::kUInt8));
  return (cells.unsqueeze(-1) == colours).to(torch::kFloat32).flatten(-2);
}

namespace {

/// [4]: 1, 2, 4, 8, made where `like` is: a copy from the host would not fit into a recorded step.
torch::Tensor mask_bits(const torch::Tensor& like) {
  const auto options = torch::TensorOptions(torch::kInt64).device(like.device());
  return at::pow(2, torch::arange(4, options));
}

}  // namespace

torch::Tensor compact_ids(const torch::Tensor& patches) {
  const torch::Tensor cells = patches.to(torch::kInt64);
  const torch::Tensor colour = cells.amax(-1);                                       // [...]
  const torch::Tensor filled = cells.ne(0);                                          // [..., 4]
  const torch::Tensor mask = (filled.to(torch::kInt64) * mask_bits(cells)).sum(-1);  // [...]
  const torch::Tensor single = (cells.eq(colour.unsqueeze(-1)) | ~filled).all(-1);   // [...]
  const torch::Tensor id = torch::where(mask.eq(0), mask, 1 + (colour - 1) * 15 + (mask - 1));
  return torch::where(single, id, torch::full_like(id, -1));
}

torch::Tensor compact_patches(const torch::Tensor& ids) {
  const torch::Tensor number = ids - 1;
  const torch::Tensor colour = torch::floor_divide(number, 15) + 1;
  const torch::Tensor mask =
      torch::where(ids.eq(0), torch::zeros_like(ids), number.remainder(15) + 1);
  const torch::Tensor filled = mask.unsqueeze(-1).bitwise_and(mask_bits(ids)).ne(0);  // [..., 4]
  return (filled.to(torch::kInt64) * colour.unsqueeze(-1)).to(torch::kUInt8);
}

}  // namespace recombine
