#pragma once
// Differentiable functions of the executor. On the CPU each runs in one pass (kernels.h) where its
// sizes allow; otherwise, and always under *_plain, as a chain of ATen's operations, which is what
// the fast ones are tested against.
// Letters: N boards, T tokens, D numbers a token, G cells a side, C = G^2.

#include <torch/torch.h>

namespace recombine {

/// x [N, T, D], scale and shift [N, D] -> normalised over D, times 1 + scale, plus shift.
torch::Tensor modulated_norm(const torch::Tensor& x,
                             const torch::Tensor& scale,
                             const torch::Tensor& shift);
torch::Tensor modulated_norm_plain(const torch::Tensor& x,
                                   const torch::Tensor& scale,
                                   const torch::Tensor& shift);

/// x [N, T, D], factor [N, D] -> gelu(x) (1 + factor), GELU by tanh; x [..., D] where the factor is
/// undefined.
torch::Tensor scaled_gelu(const torch::Tensor& x, const torch::Tensor& factor);
torch::Tensor scaled_gelu_plain(const torch::Tensor& x, const torch::Tensor& factor);

/// What cells point at, and the boards that they point into.
struct Pointing {
  torch::Tensor rows;     ///< [N, G, C]: logits of the rows, for each cell
  torch::Tensor columns;  ///< [N, G, C]
  torch::Tensor kinds;    ///< [N, C, 11]: logits of copying and of the ten colours
  torch::Tensor boards;   ///< [N, C, 10]
  torch::Tensor order;    ///< [C] int64: where in the grid, row-major, each place of a board is
};

/// The next boards [N, C, 10]: share of copying x the cells pointed at + shares of the colours.
torch::Tensor pointed(const Pointing& pointing);
torch::Tensor pointed_plain(const Pointing& pointing);

}  // namespace recombine
