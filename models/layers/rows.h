#pragma once
// Rows of tensors by numbers that the host knows.

#include <cstdint>
#include <vector>

#include <torch/torch.h>

namespace recombine {

/// The numbers as an int64 tensor on `device`. Each list is copied there once a thread, so that a
/// step that is repeated copies nothing, and can be recorded as a CUDA graph.
torch::Tensor row_index(const std::vector<std::int64_t>& rows, torch::Device device);

/// tensor [K, ...] -> the rows named, [rows, ...]; a view where they follow one another.
torch::Tensor take_rows(const torch::Tensor& tensor, const std::vector<std::int64_t>& rows);

}  // namespace recombine
