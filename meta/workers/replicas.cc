#include "meta/workers/replicas.h"

#include <utility>

namespace recombine {
namespace {

/// Makes the gradients of the model views of one tensor, which is returned.
torch::Tensor flatten_gradients(Model& model, torch::Device device) {
  std::int64_t size = 0;
  for (const torch::Tensor& parameter : model.parameters()) size += parameter.numel();
  auto flat = torch::zeros({size}, torch::TensorOptions().device(device));
  std::int64_t at = 0;
  for (torch::Tensor& parameter : model.parameters()) {
    parameter.mutable_grad() = flat.narrow(0, at, parameter.numel()).view_as(parameter);
    at += parameter.numel();
  }
  return flat;
}

/// Brings the parameters into one piece of memory again, which moving to a GPU tears apart.
void flatten_parameters(Model& model) {
  std::vector<torch::Tensor> pieces;
  for (const torch::Tensor& parameter : model.parameters()) {
    pieces.push_back(parameter.detach().flatten());
  }
  const auto flat = torch::cat(pieces);
  std::int64_t at = 0;
  for (torch::Tensor& parameter : model.parameters()) {
    parameter.set_data(flat.narrow(0, at, parameter.numel()).view_as(parameter));
    at += parameter.numel();
  }
}

void share_parameters(Model& from, Model& to) {
  const std::vector<torch::Tensor> source = from.parameters();
  std::vector<torch::Tensor> target = to.parameters();
  for (std::size_t i = 0; i < source.size(); ++i) target[i].set_data(source[i].data());
}

}  // namespace

Replicas::Replicas(const std::function<std::shared_ptr<Model>()>& make,
                   int count,
                   torch::Device device,
                   std::shared_ptr<RankGroup> group)
    : device_(device), group_(std::move(group)) {
  for (int worker = 0; worker < count; ++worker) {
    models_.push_back(make());
    model(worker).to(device);
    if (!device.is_cpu()) flatten_parameters(model(worker));
    if (worker > 0) share_parameters(master(), model(worker));
    gradients_.push_back(flatten_gradients(model(worker), device));
  }
}

void Replicas::sum_gradients() { group_->sum(gradients_); }

void Replicas::train(bool on) {
  for (const auto& model : models_) model->train(on);
}

}  // namespace recombine
