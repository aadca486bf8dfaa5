#include "models/checkpoint.h"

#include <cstring>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/file.h"
#include "data/safetensors.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kModelFile = "model.safetensors";
constexpr const char* kOptimiserFile = "optimizer.safetensors";
constexpr const char* kStateFile = "state.json";

using Tensors = std::map<std::string, torch::Tensor>;

StoredTensor to_stored(const torch::Tensor& tensor) {
  const torch::Tensor plain = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
  StoredTensor stored{"F32", plain.sizes().vec(), std::string(plain.nbytes(), '\0')};
  std::memcpy(stored.bytes.data(), plain.data_ptr(), stored.bytes.size());
  return stored;
}

torch::Tensor from_stored(const StoredTensor& stored) {
  torch::Tensor tensor = torch::empty(stored.shape);
  std::memcpy(tensor.data_ptr(), stored.bytes.data(), stored.bytes.size());
  return tensor;
}

/// "pt": Python's loaders take it as tensors of PyTorch.
void write_tensors(const fs::path& file, const Tensors& tensors, const std::string& config) {
  SafeTensors content;
  content.metadata["format"] = "pt";
  if (!config.empty()) content.metadata["config"] = config;
  for (const auto& [name, tensor] : tensors) content.tensors[name] = to_stored(tensor);
  write_safetensors(file, content);
}

std::string config_text(const Model& model) {
  Json config = Json::object();
  for (const Field& field : describe(model.config())) config[field.name] = field.value;
  config["side"] = std::to_string(model.shape().side);
  config["study"] = std::to_string(model.shape().study);
  return config.dump();
}

Tensors weights_of(const Model& model) {
  Tensors weights;
  for (const auto& parameter : model.named_parameters())
    weights[parameter.key()] = parameter.value();
  return weights;
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (const std::int64_t size : shape)
    text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  return text + "]";
}

Tensors read_tensors(const fs::path& file) {
  Tensors tensors;
  for (const auto& [name, stored] : read_safetensors(file).tensors) {
    require_data(stored.dtype == "F32", file.string(), ": tensor '", name, "' is ", stored.dtype,
                 " and not F32");
    tensors[name] = from_stored(stored);
  }
  return tensors;
}

void load_weights(const fs::path& file, Model& model) {
  const Tensors stored = read_tensors(file);
  const Tensors wanted = weights_of(model);
  for (const auto& [name, tensor] : stored) {
    require_data(wanted.contains(name), file.string(), ": tensor '", name,
                 "' is none of this model's");
  }
  const torch::NoGradGuard guard;
  for (auto& parameter : model.named_parameters()) {
    const auto found = stored.find(parameter.key());
    require_data(found != stored.end(), file.string(), ": tensor '", parameter.key(),
                 "' is missing");
    require_data(found->second.sizes() == parameter.value().sizes(), file.string(), ": tensor '",
                 parameter.key(), "' is ", shape_text(found->second.sizes().vec()),
                 "; this model needs ", shape_text(parameter.value().sizes().vec()));
    parameter.value().copy_(found->second);
  }
}

}  // namespace

void save_checkpoint(const fs::path& folder,
                     const Model& model,
                     const Optimiser& optimiser,
                     const Json& state) {
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  AtomicFolder made(folder, false);
  write_tensors(made.part() / kModelFile, weights_of(model), config_text(model));
  write_tensors(made.part() / kOptimiserFile, optimiser.state(), {});
  write_file(made.part() / kStateFile, state.dump(2) + "\n");
  made.commit();
}

Json load_checkpoint(const fs::path& folder, Model& model, Optimiser* optimiser) {
  load_weights(folder / kModelFile, model);
  if (optimiser != nullptr) {
    const fs::path file = folder / kOptimiserFile;
    try {
      optimiser->load_state(read_tensors(file));
    } catch (const InputError& error) {
      throw DataError(cat(file.string(), ": ", error.what()));
    }
  }
  const fs::path file = folder / kStateFile;
  try {
    return Json::parse(read_file(file));
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": is not JSON (", error.what(), ")"));
  }
}

}  // namespace recombine
