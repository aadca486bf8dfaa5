#pragma once
// Inner loops of the executor on the CPU, each in one pass over its numbers. Plain arrays,
// row-major and without gaps. models/fused/functions.h makes differentiable functions of them.
// Letters: docs/GLOSSARY.md; D is a multiple of kLanes.

#include <cstdint>

namespace recombine::fused {

/// Numbers that the loops take at once: as many as a register of AVX2 holds. GCC makes slow code of
/// vectors that are wider than the machine's.
inline constexpr int kLanes = 8;

struct Rows {
  std::int64_t groups, tokens, width;  ///< R, T, D
};

/// y = norm(x) (1 + scale) + shift. x, y [R, T, D]; scale, shift [R, D]; moments [2, R, T]: the
/// norm's means, then its inverse deviations, kept for the way back.
void norm_forward(const Rows& rows,
                  const float* x,
                  const float* scale,
                  const float* shift,
                  float* y,
                  float* moments);

struct NormGradients {
  float *x, *scale, *shift;
};
/// From the gradient of y.
void norm_backward(const Rows& rows,
                   const float* x,
                   const float* scale,
                   const float* moments,
                   const float* dy,
                   const NormGradients& gradients);

/// y = gelu(x) (1 + factor), GELU by tanh. x, y [R, T, D]; factor [R, D], or null for none.
void gelu_forward(const Rows& rows, const float* x, const float* factor, float* y);
/// From the gradient of y: those of x and of factor (null where factor is).
void gelu_backward(const Rows& rows,
                   const float* x,
                   const float* factor,
                   const float* dy,
                   float* dx,
                   float* dfactor);

/// Soft grids of N x N cells in ten colours; `order` [N^2] says which cell of the grid,
/// row-major, stands at each position of a soft grid.
struct PointedGrids {
  std::int64_t grids, side;  ///< R, N
  const std::int64_t* order;
};

/// Of every cell, numbers for the rows [R, N, N^2], the columns [R, N, N^2] and the eleven kinds
/// (copy, ten colours) [R, N^2, 11]: logits, or the weights that their softmax over rows, columns
/// and kinds makes.
template <typename Number>
struct Pointers {
  Number *rows, *columns, *kinds;
};

/// next = weight of copying x mixture of the present cells + weights of the colours, soft grids
/// [R, N^2, 10]. The weights are kept for the way back.
void point_forward(const PointedGrids& shape,
                   const Pointers<const float>& logits,
                   const float* grids,
                   const Pointers<float>& weights,
                   float* next);
/// From the gradient of next: those of the logits, and of the soft grids where `dgrids` is not
/// null.
void point_backward(const PointedGrids& shape,
                    const Pointers<const float>& weights,
                    const float* grids,
                    const float* dnext,
                    const Pointers<float>& dlogits,
                    float* dgrids);

/// Largest side of a grid that point_forward() takes.
inline constexpr std::int64_t kLargestPointedSide = 12;

}  // namespace recombine::fused
