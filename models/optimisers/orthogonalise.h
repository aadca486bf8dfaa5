#pragma once
// Muon's update: the nearest matrix with orthogonal rows, approximately.

#include <torch/torch.h>

namespace recombine {

/// matrices [matrices, rows, columns] -> [matrices, rows, columns]: each replaced by about U V^T of
/// its singular value decomposition, by five Newton-Schulz steps of the quintic polynomial of
/// Jordan et al. (Muon, 2024). A matrix of zeros stays one.
torch::Tensor orthogonalise(const torch::Tensor& matrices);

}  // namespace recombine
