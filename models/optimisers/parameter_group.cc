#include "models/optimisers/parameter_group.h"

#include "models/weights/parameters.h"

namespace recombine {
namespace {

std::vector<torch::Tensor> each_flat(const std::vector<torch::Tensor>& tensors) {
  std::vector<torch::Tensor> flat;
  flat.reserve(tensors.size());
  for (const torch::Tensor& tensor : tensors) flat.push_back(tensor.detach().flatten());
  return flat;
}

}  // namespace

std::vector<torch::Tensor> ParameterGroup::values() const {
  const torch::Tensor flat = flat_view(parameters);
  return flat.defined() ? std::vector{flat} : each_flat(parameters);
}

std::vector<torch::Tensor> ParameterGroup::gradients() const {
  std::vector<torch::Tensor> grads;
  grads.reserve(parameters.size());
  for (const torch::Tensor& parameter : parameters) {
    grads.push_back(parameter.grad().defined() ? parameter.grad() : torch::zeros_like(parameter));
  }
  if (!flat_view(parameters).defined()) return each_flat(grads);
  const torch::Tensor flat = flat_view(grads);
  return {flat.defined() ? flat : at::cat(each_flat(grads))};
}

std::vector<torch::Tensor> zeros_like_all(const std::vector<torch::Tensor>& tensors) {
  std::vector<torch::Tensor> zeros;
  zeros.reserve(tensors.size());
  for (const torch::Tensor& tensor : tensors) zeros.push_back(torch::zeros_like(tensor));
  return zeros;
}

void copy_pieces(const torch::Tensor& flat, std::vector<torch::Tensor>& pieces) {
  const torch::Tensor line = flat.reshape({-1});  // a damaged file may have it in another shape
  std::int64_t at = 0;
  for (torch::Tensor& piece : pieces) {
    piece.copy_(line.narrow(0, at, piece.numel()).view_as(piece));
    at += piece.numel();
  }
}

}  // namespace recombine
