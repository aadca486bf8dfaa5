#pragma once
// Tensors as safetensors files have them.

#include <filesystem>
#include <map>
#include <string>

#include <torch/torch.h>

#include "data/storage/safetensors.h"

namespace recombine {

/// As float32, on the host.
StoredTensor to_stored(const torch::Tensor& tensor);

/// A float32 or int64 tensor on the CPU. Throws DataError, whose text names the dtype, for others.
torch::Tensor from_stored(const StoredTensor& stored);

/// Every tensor of a file; throws DataError, which names file and tensor, where one is not float32.
std::map<std::string, torch::Tensor> read_float_tensors(const std::filesystem::path& file);

/// "[2, 3]".
std::string shape_text(const std::vector<std::int64_t>& shape);

}  // namespace recombine
