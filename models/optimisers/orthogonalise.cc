#include "models/optimisers/orthogonalise.h"

namespace recombine {

torch::Tensor orthogonalise(const torch::Tensor& matrices) {
  constexpr double kA = 3.4445;
  constexpr double kB = -4.7750;
  constexpr double kC = 2.0315;
  constexpr int kSteps = 5;
  const bool tall = matrices.size(1) > matrices.size(2);
  torch::Tensor x = tall ? matrices.transpose(1, 2) : matrices;  // rows <= columns
  x = x / (at::linalg_vector_norm(x, 2, {1, 2}, true) + 1e-7);
  for (int step = 0; step < kSteps; ++step) {
    const torch::Tensor a = at::bmm(x, x.transpose(1, 2));  // [matrices, rows, rows]
    const torch::Tensor b = at::baddbmm(a, a, a, kB, kC);
    x = at::baddbmm(x, b, x, kA, 1);
  }
  return tall ? x.transpose(1, 2) : x;
}

}  // namespace recombine
