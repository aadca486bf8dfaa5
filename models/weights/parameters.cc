#include "models/weights/parameters.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "data/random.h"

namespace recombine {
namespace {

std::int64_t size_of(const ParameterSpec& spec) {
  return std::accumulate(spec.shape.begin(), spec.shape.end(), std::int64_t{1},
                         std::multiplies<>());
}

/// By the polar method of Box and Muller (1958), a pair of words a number.
double normal(CounterRandom& random) {
  const double radius = std::sqrt(-2 * std::log(1 - random.unit()));
  return radius * std::cos(2 * M_PI * random.unit());
}

/// Whose random words the values of specs[position] are made of.
std::size_t drawn_at(const std::vector<ParameterSpec>& specs, std::size_t position) {
  const std::string& like = specs[position].like;
  if (like.empty()) return position;
  const auto found = std::ranges::find(specs, like, &ParameterSpec::name);
  return static_cast<std::size_t>(found - specs.begin());
}

void fill(const torch::Tensor& piece, const ParameterSpec& spec, CounterRandom& random) {
  auto* values = piece.data_ptr<float>();
  for (std::int64_t i = 0; i < piece.numel(); ++i) {
    const double value = spec.deviation > 0 ? normal(random) * spec.deviation
                         : spec.bound > 0   ? (2 * random.unit() - 1) * spec.bound
                                            : spec.constant;
    values[i] = static_cast<float>(value);
  }
}

}  // namespace

float fan_in_bound(std::int64_t fan_in, float gain) {
  return gain * std::sqrt(3.0F / static_cast<float>(fan_in));
}

std::vector<ParameterSpec> in_storage_order(std::vector<ParameterSpec> specs) {
  const auto rank = [](const ParameterSpec& spec) {
    // Rows of one matrix, columns; everything that is no matrix for Muon comes last.
    if (spec.matrix_parts == 0) return std::pair<std::int64_t, std::int64_t>{INT64_MAX, 0};
    return std::pair{spec.shape[0] / spec.matrix_parts, spec.shape[1]};
  };
  std::ranges::stable_sort(specs, {}, rank);
  return specs;
}

std::vector<torch::Tensor> make_parameters(const std::vector<ParameterSpec>& specs,
                                           std::uint64_t seed) {
  std::int64_t total = 0;
  for (const ParameterSpec& spec : specs) total += size_of(spec);
  const torch::Tensor flat = torch::empty({total});
  std::vector<torch::Tensor> tensors;
  std::int64_t at = 0;
  for (std::size_t position = 0; position < specs.size(); ++position) {
    const ParameterSpec& spec = specs[position];
    const torch::Tensor piece = flat.narrow(0, at, size_of(spec));
    at += size_of(spec);
    CounterRandom random(seed, drawn_at(specs, position), Stream::kInitialise);
    fill(piece, spec, random);
    torch::Tensor tensor = torch::empty({0});
    tensor.set_data(piece.view(spec.shape));
    tensors.push_back(tensor.set_requires_grad(true));
  }
  return tensors;
}

torch::Tensor flat_view(const std::vector<torch::Tensor>& tensors) {
  if (tensors.empty()) return torch::empty({0});
  const torch::NoGradGuard guard;
  const torch::Tensor& first = tensors.front();
  std::int64_t end = first.storage_offset();
  for (const torch::Tensor& tensor : tensors) {
    const bool follows = tensor.is_contiguous() && tensor.storage_offset() == end &&
                         tensor.storage().is_alias_of(first.storage());
    if (!follows) return {};
    end += tensor.numel();
  }
  return first.detach().as_strided({end - first.storage_offset()}, {1}, first.storage_offset());
}

}  // namespace recombine
