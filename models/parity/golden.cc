#include "models/parity/golden.h"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/text.h"
#include "models/weights/stored.h"

namespace recombine {
namespace {

constexpr const char* kWeights = "w.";
constexpr const char* kGradients = "grad.";

}  // namespace

template <class... Parts>
void Golden::check(bool condition, const Parts&... parts) const {
  require_data(condition, file_, ": ", parts...);
}

Golden::Golden(const std::filesystem::path& file) : file_(file.string()) {
  const SafeTensors content = read_safetensors(file);
  metadata_ = content.metadata;
  for (const auto& [name, stored] : content.tensors) {
    check(stored.dtype == "F32" || stored.dtype == "I64", "tensor '", name, "' is ", stored.dtype,
          " and neither F32 nor I64");
    const torch::Tensor tensor = from_stored(stored);
    check(!tensor.is_floating_point() || at::isfinite(tensor).all().item<bool>(), "tensor '", name,
          "' holds numbers that are not finite");
    tensors_[name] = tensor;
  }
}

const std::string& Golden::text(const std::string& key) const {
  const auto found = metadata_.find(key);
  check(found != metadata_.end(), "the metadata has no '", key, "'");
  return found->second;
}

double Golden::number(const std::string& key) const {
  const auto value = parse_number<double>(text(key));
  check(value.has_value() && std::isfinite(*value), "the metadata's '", key, "' is '", text(key),
        "' and not a number");
  return *value;
}

int Golden::count(const std::string& key) const {
  constexpr double kMost = 1e6;
  const double value = number(key);
  check(value >= 0 && value <= kMost && value == std::floor(value), "the metadata's '", key,
        "' is '", text(key), "' and not a whole number from 0 to a million");
  return static_cast<int>(value);
}

std::vector<double> Golden::numbers(const std::string& key) const {
  // Either a JSON list, or numbers with spaces between them.
  std::string spaced = text(key);
  for (char& c : spaced) {
    if (c == '[' || c == ']' || c == ',') c = ' ';
  }
  std::vector<double> values;
  for (const std::string& piece : split_text(spaced, ' ')) {
    const auto value = parse_number<double>(piece);
    check(value.has_value() && std::isfinite(*value), "the metadata's '", key, "' has '", piece,
          "', which is not a number");
    values.push_back(*value);
  }
  return values;
}

const torch::Tensor& Golden::tensor(const std::string& name,
                                    const std::vector<std::int64_t>& shape) const {
  const auto found = tensors_.find(name);
  check(found != tensors_.end(), "tensor '", name, "' is missing");
  check(shape.empty() || found->second.sizes() == shape, "tensor '", name, "' is ",
        shape_text(found->second.sizes().vec()), " and not ", shape_text(shape));
  return found->second;
}

void Golden::check_weights(const std::vector<ParameterSpec>& specs) const {
  for (const ParameterSpec& spec : specs) tensor(kWeights + spec.name, spec.shape);
}

void Golden::load_weights(Model& model) const {
  const torch::NoGradGuard guard;
  std::map<std::string, bool> known;
  for (const Weight& weight : model.weights()) {
    const std::string name = kWeights + weight.name;
    torch::Tensor to = weight.tensor;
    to.copy_(tensor(name, weight.tensor.sizes().vec()));
    known[name] = true;
  }
  for (const auto& [name, tensor] : tensors_) {
    check(!name.starts_with(kWeights) || known.contains(name), "tensor '", name,
          "' is none of the model that the metadata describes");
  }
}

OptimiserConfig Golden::optimiser() const {
  const std::vector<double> betas = numbers("betas");
  check(betas.size() == 2, "the metadata's 'betas' has ", betas.size(), " numbers and not 2");
  OptimiserConfig config;
  config.lr = number("lr");
  config.beta1 = betas[0];
  config.beta2 = betas[1];
  config.weight_decay = number("weight_decay");
  return config;
}

ParityRow compare_tensors(const std::string& name,
                          const torch::Tensor& ours,
                          const torch::Tensor& wanted,
                          double allowed) {
  if (ours.sizes() != wanted.sizes())
    return {name, std::numeric_limits<double>::infinity(), allowed};
  const torch::Tensor difference = (ours.detach().to(torch::kCPU, torch::kDouble) - wanted).abs();
  return {name, difference.max().item<double>(), allowed};
}

void compare_gradients(const Golden& golden, const Model& model, std::vector<ParityRow>& rows) {
  for (const Weight& weight : model.weights()) {
    const std::string name = kGradients + weight.name;
    if (!golden.tensors().contains(name)) continue;
    const torch::Tensor& wanted = golden.tensor(name, weight.tensor.sizes().vec());
    const auto largest = wanted.abs().max().item<double>();
    rows.push_back(
        compare_tensors(name, weight.tensor.grad(), wanted, kGradientTolerance * largest));
  }
}

void compare_losses(const Golden& golden,
                    Model& model,
                    const Batch& batch,
                    std::vector<ParityRow>& rows) {
  const auto optimiser = make_optimiser(model.weights(), golden.optimiser());
  int step = 0;
  for (const double wanted : golden.numbers("losses")) {
    model.zero_grad();
    const torch::Tensor loss = model.loss_of(batch);
    rows.push_back({cat("loss before update ", step++), std::abs(loss.item<double>() - wanted),
                    kLossTolerance * std::abs(wanted)});
    loss.backward();
    optimiser->step(1);
  }
}

std::vector<ParityRow> parity(const std::filesystem::path& file, torch::Device device) {
  const Golden golden(file);
  if (golden.has("positions")) return gpt_parity(golden, device);
  if (golden.has("encoder_layers")) return carc_parity(golden, device);
  throw DataError(cat(file.string(),
                      ": is no golden file: its metadata has neither "
                      "'encoder_layers' nor 'positions'"));
}

}  // namespace recombine
