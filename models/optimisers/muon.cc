#include "models/optimisers/muon.h"

#include <algorithm>
#include <cmath>

#include "data/error.h"
#include "models/optimisers/orthogonalise.h"

namespace recombine {
namespace {

constexpr double kMomentum = 0.95;

/// The slice of the matrices [matrices, rows, columns] that `flat` is: a view.
torch::Tensor slice_of(const torch::Tensor& flat,
                       const std::pair<std::int64_t, std::int64_t>& shape,
                       const Slice& slice) {
  const torch::Tensor matrices = flat.view({-1, shape.first, shape.second});
  const std::int64_t first = matrices.size(0) * slice.number / slice.count;
  const std::int64_t end = matrices.size(0) * (slice.number + 1) / slice.count;
  return matrices.narrow(0, first, end - first);
}

/// `momentum`, in place, with the gradient in it.
torch::Tensor& gather(torch::Tensor& momentum, const torch::Tensor& gradient) {
  return momentum.mul_(kMomentum).add_(gradient);
}

/// Nesterov's: beyond the momentum that has the gradient in it.
torch::Tensor look_ahead(const torch::Tensor& momentum, const torch::Tensor& gradient) {
  return gradient.add(momentum, kMomentum);
}

/// value [matrices, rows, columns] one step along `direction`, after its decay; in place.
void move(torch::Tensor& value, const torch::Tensor& direction, const Rate& lr, double decay) {
  const auto rows = static_cast<double>(value.size(1));
  const auto columns = static_cast<double>(value.size(2));
  const double size = std::sqrt(std::max(1.0, rows / columns));
  if (lr.scalar.defined()) {
    value.mul_(1 - lr.scalar * decay).sub_(direction * (lr.scalar * size));
  } else {
    value.mul_(1 - lr.number * decay).add_(direction, -lr.number * size);
  }
}

}  // namespace

Muon::Muon(const std::vector<torch::Tensor>& parameters,
           const std::vector<int>& parts,
           double weight_decay)
    : weight_decay_(weight_decay) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Shape shape{parameters[i].size(0) / parts[i], parameters[i].size(1)};
    if (batches_.empty() || batches_.back().shape != shape) batches_.push_back({shape, {}, {}});
    batches_.back().group.parameters.push_back(parameters[i]);
  }
  for (Batch& batch : batches_) batch.momentum = zeros_like_all(batch.group.values());
}

void Muon::step(const Rate& lr, const Slice& slice) {
  for (Batch& batch : batches_) {
    const auto values = batch.group.values();
    const auto gradients = batch.group.gradients();
    for (std::size_t i = 0; i < values.size(); ++i) {
      torch::Tensor value = slice_of(values[i], batch.shape, slice);
      if (value.size(0) == 0) continue;
      const torch::Tensor gradient = slice_of(gradients[i], batch.shape, slice);
      torch::Tensor momentum = slice_of(batch.momentum[i], batch.shape, slice);
      const torch::Tensor ahead = look_ahead(gather(momentum, gradient), gradient);
      move(value, orthogonalise(ahead), lr, weight_decay_);
    }
  }
}

std::vector<torch::Tensor> Muon::directions() {
  std::vector<torch::Tensor> all;
  for (Batch& batch : batches_) {
    if (batch.directions.empty()) batch.directions = zeros_like_all(batch.momentum);
    for (const torch::Tensor& direction : batch.directions)
      all.push_back(slice_of(direction, batch.shape, {}));
  }
  return all;
}

void Muon::aim(const Slice& slice) {
  for (Batch& batch : batches_) {
    const auto gradients = batch.group.gradients();
    for (std::size_t i = 0; i < gradients.size(); ++i) {
      const torch::Tensor gradient = slice_of(gradients[i], batch.shape, slice);
      torch::Tensor momentum = slice_of(batch.momentum[i], batch.shape, slice).clone();
      slice_of(batch.directions[i], batch.shape, slice)
          .copy_(look_ahead(gather(momentum, gradient), gradient));
    }
  }
}

void Muon::straighten(const Slice& slice) {
  for (Batch& batch : batches_) {
    for (const torch::Tensor& all : batch.directions) {
      torch::Tensor directions = slice_of(all, batch.shape, slice);
      if (directions.size(0) > 0) directions.copy_(orthogonalise(directions));
    }
  }
}

void Muon::follow(const Rate& lr, const Slice& slice) {
  for (Batch& batch : batches_) {
    const auto values = batch.group.values();
    const auto gradients = batch.group.gradients();
    for (std::size_t i = 0; i < values.size(); ++i) {
      torch::Tensor momentum = slice_of(batch.momentum[i], batch.shape, slice);
      gather(momentum, slice_of(gradients[i], batch.shape, slice));
      torch::Tensor value = slice_of(values[i], batch.shape, slice);
      move(value, slice_of(batch.directions[i], batch.shape, slice), lr, weight_decay_);
    }
  }
}

void Muon::add_state(std::map<std::string, torch::Tensor>& state) const {
  for (std::size_t i = 0; i < batches_.size(); ++i)
    state[cat("muon.momentum.", i)] = at::cat(batches_[i].momentum);
}

void Muon::load(const std::map<std::string, torch::Tensor>& state) {
  for (std::size_t i = 0; i < batches_.size(); ++i) {
    copy_pieces(state.at(cat("muon.momentum.", i)), batches_[i].momentum);
  }
}

}  // namespace recombine
