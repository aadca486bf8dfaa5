#pragma once
// Inner loops of the executor on the CPU, each in one pass over its numbers. Plain arrays,
// row-major and without gaps. models/fused/functions.h makes differentiable functions of them.
// Letters: N boards, T tokens a board, D numbers a token (a multiple of kLanes).

#include <cstdint>

namespace recombine::fused {

/// Numbers that the loops take at once: as many as a register of AVX2 holds. GCC makes slow code of
/// vectors that are wider than the machine's.
inline constexpr int kLanes = 8;

struct Rows {
  std::int64_t boards, tokens, width;  ///< N, T, D
};

/// y = norm(x) (1 + scale) + shift. x, y [N, T, D]; scale, shift [N, D]; moments [2, N, T]: the
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

/// y = gelu(x) (1 + factor), GELU by tanh. x, y [N, T, D]; factor [N, D], or null for none.
void gelu_forward(const Rows& rows, const float* x, const float* factor, float* y);
/// From the gradient of y: those of x and of factor (null where factor is).
void gelu_backward(const Rows& rows,
                   const float* x,
                   const float* factor,
                   const float* dy,
                   float* dx,
                   float* dfactor);

/// Boards of G x G cells in ten colours; C = G^2 cells, `order` [C] says which cell of the grid,
/// row-major, stands at each place of a board.
struct Boards {
  std::int64_t boards, side;  ///< N, G
  const std::int64_t* order;
};

/// Of every cell, numbers for the rows [N, G, C], the columns [N, G, C] and the eleven kinds (copy,
/// ten colours) [N, C, 11]: logits, or the shares that their softmax over rows, columns and kinds
/// is.
template <typename Number>
struct Pointers {
  Number *rows, *columns, *kinds;
};

/// next = share of copy x mixture of the present cells + shares of the colours, boards [N, C, 10].
/// The shares are kept for the way back.
void point_forward(const Boards& shape,
                   const Pointers<const float>& logits,
                   const float* boards,
                   const Pointers<float>& shares,
                   float* next);
/// From the gradient of next: those of the logits, and of the boards where `dboards` is not null.
void point_backward(const Boards& shape,
                    const Pointers<const float>& shares,
                    const float* boards,
                    const float* dnext,
                    const Pointers<float>& dlogits,
                    float* dboards);

/// Largest side of a board that point_forward() takes.
inline constexpr std::int64_t kLargestPointedSide = 12;

}  // namespace recombine::fused
