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

/// value [matrices, rows, columns] one step along `direction`, after its decay; in place.
void move(torch::Tensor& value,
          const torch::Tensor& direction,
          const Rate& lr,
          double size,
          double decay) {
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
    const auto [rows, columns] = batch.shape;
    const double size =
        std::sqrt(std::max(1.0, static_cast<double>(rows) / static_cast<double>(columns)));
    for (std::size_t i = 0; i < values.size(); ++i) {
      torch::Tensor value = slice_of(values[i], batch.shape, slice);
      if (value.size(0) == 0) continue;
      const torch::Tensor gradient = slice_of(gradients[i], batch.shape, slice);
      torch::Tensor momentum = slice_of(batch.momentum[i], batch.shape, slice);
      momentum.mul_(kMomentum).add_(gradient);
      const torch::Tensor ahead = gradient.add(momentum, kMomentum);
      move(value, orthogonalise(ahead), lr, size, weight_decay_);
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
