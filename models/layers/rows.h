#pragma once
// Rows of tensors by numbers that the host knows.

#include <cstdint>
#include <vector>

#include <torch/torch.h>

namespace recombine {

/// The numbers as an int64 tensor on `device`. A GPU keeps the first kKeptLists lists of a thread,
/// so that a step that is repeated copies nothing and can be recorded as a CUDA graph.
inline constexpr std::size_t kKeptLists = 1024;
torch::Tensor row_index(const std::vector<std::int64_t>& rows, torch::Device device);

/// tensor [R, ...] -> the rows named, [rows, ...]; a view where they follow one another.
torch::Tensor take_rows(const torch::Tensor& tensor, const std::vector<std::int64_t>& rows);

}  // namespace recombine
