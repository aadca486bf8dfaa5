#include "models/checkpoint.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json_words.h"
#include "data/storage/file.h"
#include "data/storage/safetensors.h"
#include "models/weights/stored.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kModelFile = "model.safetensors";
constexpr const char* kOptimiserFile = "optimizer.safetensors";
constexpr const char* kStateFile = "state.json";

using Tensors = std::map<std::string, torch::Tensor>;

/// "pt": Python's loaders take it as tensors of PyTorch.
void write_tensors(const fs::path& file, const Tensors& tensors, const std::string& config) {
  SafeTensors content;
  content.metadata["format"] = "pt";
  if (!config.empty()) content.metadata["config"] = config;
  for (const auto& [name, tensor] : tensors) content.tensors[name] = to_stored(tensor);
  write_safetensors(file, content);
}

/// Options by their first names: a better name for one must not change the bytes of a checkpoint.
std::string config_text(const Model& model) {
  Json config = Json::object();
  for (const Field& field : describe(model.config())) {
    const auto& was = field.notes.was;
    config[was.empty() ? field.name : std::string(was.front())] = field.value;
  }
  const Json task = to_json(model.shape());
  for (const auto& [name, value] : task.items()) config[name] = value.dump();
  return config.dump();
}

Tensors weights_of(const Model& model) {
  Tensors weights;
  for (const Weight& weight : model.weights()) weights[weight.name] = weight.tensor;
  return weights;
}

void load_weights(const fs::path& file, Model& model) {
  const Tensors stored = read_float_tensors(file);
  const Tensors wanted = weights_of(model);
  for (const auto& [name, tensor] : stored) {
    require_data(wanted.contains(name), file.string(), ": tensor '", name,
                 "' is none of this model's");
  }
  const torch::NoGradGuard guard;
  for (const Weight& weight : model.weights()) {
    const auto found = stored.find(weight.name);
    require_data(found != stored.end(), file.string(), ": tensor '", weight.name, "' is missing");
    require_data(found->second.sizes() == weight.tensor.sizes(), file.string(), ": tensor '",
                 weight.name, "' is ", shape_text(found->second.sizes().vec()),
                 "; this model needs ", shape_text(weight.tensor.sizes().vec()));
    torch::Tensor tensor = weight.tensor;
    tensor.copy_(found->second);
  }
}

}  // namespace

void save_checkpoint(const fs::path& folder,
                     const Model& model,
                     const Optimiser& optimiser,
                     const Json& state) {
  AtomicFolder made(folder, true);
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
      optimiser->load_state(read_float_tensors(file));
    } catch (const InputError& error) {
      throw DataError(cat(file.string(), ": ", error.what()));
    }
  }
  const fs::path file = folder / kStateFile;
  try {
    return parse_json(read_file(file));
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": is not JSON (", json_words(error), ")"));
  }
}

}  // namespace recombine
