#pragma once
// Differentiable functions of the executor. On the CPU each runs in one pass (kernels.h) where its
// sizes allow; otherwise, and always under *_plain, as a chain of ATen's operations, which is what
// the fast ones are tested against.
// Letters: docs/GLOSSARY.md.

#include <torch/torch.h>

namespace recombine {

/// x [R, T, D], scale and shift [R, D] -> normalised over D, times 1 + scale, plus shift.
torch::Tensor modulated_norm(const torch::Tensor& x,
                             const torch::Tensor& scale,
                             const torch::Tensor& shift);
torch::Tensor modulated_norm_plain(const torch::Tensor& x,
                                   const torch::Tensor& scale,
                                   const torch::Tensor& shift);

/// x [R, T, D], factor [R, D] -> gelu(x) (1 + factor), GELU by tanh; x [..., D] where the factor is
/// undefined.
torch::Tensor scaled_gelu(const torch::Tensor& x, const torch::Tensor& factor);
torch::Tensor scaled_gelu_plain(const torch::Tensor& x, const torch::Tensor& factor);

/// What cells point at, and the soft grids that they point into.
struct Pointing {
  torch::Tensor rows;        ///< [R, N, N^2]: logits of the rows, for each cell
  torch::Tensor columns;     ///< [R, N, N^2]
  torch::Tensor kinds;       ///< [R, N^2, 11]: logits of copying and of the ten colours
  torch::Tensor soft_grids;  ///< [R, N^2, 10]
  torch::Tensor
      order;  ///< [N^2] int64: where in the grid, row-major, each position of a soft grid is
};

/// The next soft grids [R, N^2, 10]: weight of copying x the cells pointed at + weights of the
/// colours.
torch::Tensor pointed(const Pointing& pointing);
torch::Tensor pointed_plain(const Pointing& pointing);

}  // namespace recombine
