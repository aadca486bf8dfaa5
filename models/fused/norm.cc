#include <algorithm>
#include <cmath>

#include "models/fused/kernels.h"
#include "models/fused/lanes.h"

namespace recombine::fused {
namespace {

constexpr float kEpsilon = 1e-5F;

}  // namespace

RECOMBINE_CLONES
void norm_forward(const Rows& rows,
                  const float* x,
                  const float* scale,
                  const float* shift,
                  float* y,
                  float* moments) {
  const std::int64_t width = rows.width;
  float* mean = moments;
  float* inverse = moments + rows.groups * rows.tokens;
  for (std::int64_t token = 0; token < rows.groups * rows.tokens; ++token) {
    const float* from = x + token * width;
    const float* by = scale + token / rows.tokens * width;
    const float* add = shift + token / rows.tokens * width;
    Lanes sum{};
    for (std::int64_t i = 0; i < width; i += kLanes) sum += load(from + i);
    const float middle = sum_of(sum) / static_cast<float>(width);
    Lanes squares{};
    for (std::int64_t i = 0; i < width; i += kLanes) {
      const Lanes away = load(from + i) - middle;
      squares += away * away;
    }
    const float variance = sum_of(squares) / static_cast<float>(width);
    const float narrow = 1 / std::sqrt(variance + kEpsilon);
    for (std::int64_t i = 0; i < width; i += kLanes) {
      const Lanes normed = (load(from + i) - middle) * narrow;
      store(y + token * width + i, normed * (1.0F + load(by + i)) + load(add + i));
    }
    mean[token] = middle;
    inverse[token] = narrow;
  }
}

RECOMBINE_CLONES
void norm_backward(const Rows& rows,
                   const float* x,
                   const float* scale,
                   const float* moments,
                   const float* dy,
                   const NormGradients& gradients) {
  const std::int64_t width = rows.width;
  const float* mean = moments;
  const float* inverse = moments + rows.groups * rows.tokens;
  std::fill_n(gradients.scale, rows.groups * width, 0.0F);
  std::fill_n(gradients.shift, rows.groups * width, 0.0F);
  for (std::int64_t token = 0; token < rows.groups * rows.tokens; ++token) {
    const std::int64_t group = token / rows.tokens * width;
    const float* from = x + token * width;
    const float* back = dy + token * width;
    float* dscale = gradients.scale + group;
    float* dshift = gradients.shift + group;
    Lanes sum{};
    Lanes along{};
    for (std::int64_t i = 0; i < width; i += kLanes) {
      const Lanes normed = (load(from + i) - mean[token]) * inverse[token];
      const Lanes given = load(back + i);
      store(dscale + i, load(dscale + i) + given * normed);
      store(dshift + i, load(dshift + i) + given);
      const Lanes inner = given * (1.0F + load(scale + group + i));
      sum += inner;
      along += inner * normed;
    }
    const float middle = sum_of(sum) / static_cast<float>(width);
    const float slope = sum_of(along) / static_cast<float>(width);
    for (std::int64_t i = 0; i < width; i += kLanes) {
      const Lanes normed = (load(from + i) - mean[token]) * inverse[token];
      const Lanes inner = load(back + i) * (1.0F + load(scale + group + i));
      store(gradients.x + token * width + i, (inner - middle - normed * slope) * inverse[token]);
    }
  }
}

}  // namespace recombine::fused
