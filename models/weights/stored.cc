#include "models/weights/stored.h"

#include <cstring>

#include "data/error.h"

namespace recombine {

StoredTensor to_stored(const torch::Tensor& tensor) {
  const torch::Tensor plain = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
  StoredTensor stored{"F32", plain.sizes().vec(), std::string(plain.nbytes(), '\0')};
  std::memcpy(stored.bytes.data(), plain.data_ptr(), stored.bytes.size());
  return stored;
}

torch::Tensor from_stored(const StoredTensor& stored) {
  require_data(stored.dtype == "F32" || stored.dtype == "I64", "is ", stored.dtype,
               " and neither F32 nor I64");
  torch::Tensor tensor =
      torch::empty(stored.shape, stored.dtype == "F32" ? torch::kFloat32 : torch::kInt64);
  std::memcpy(tensor.data_ptr(), stored.bytes.data(), stored.bytes.size());
  return tensor;
}

std::map<std::string, torch::Tensor> read_float_tensors(const std::filesystem::path& file) {
  std::map<std::string, torch::Tensor> tensors;
  for (const auto& [name, stored] : read_safetensors(file).tensors) {
    require_data(stored.dtype == "F32", file.string(), ": tensor '", name, "' is ", stored.dtype,
                 " and not F32");
    tensors[name] = from_stored(stored);
  }
  return tensors;
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (const std::int64_t size : shape)
    text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  return text + "]";
}

}  // namespace recombine
