#include "models/fused/kernels.h"
#include "models/fused/lanes.h"

namespace recombine::fused {
namespace {

// x (1 + tanh(u)) / 2 = x logistic(2 u), u = sqrt(2 / pi) (x + 0.044715 x^3).
constexpr float kSlope = 2 * 0.7978845608F;
constexpr float kCubic = 0.044715F;

RECOMBINE_INLINE Lanes gate(Lanes x) { return logistic(kSlope * (x + kCubic * x * x * x)); }

}  // namespace

RECOMBINE_CLONES
void gelu_forward(const Rows& rows, const float* x, const float* factor, float* y) {
  for (std::int64_t token = 0; token < rows.groups * rows.tokens; ++token) {
    const std::int64_t group = token / rows.tokens * rows.width;
    for (std::int64_t i = 0; i < rows.width; i += kLanes) {
      const std::int64_t at = token * rows.width + i;
      const Lanes in = load(x + at);
      const Lanes by = factor == nullptr ? all(1) : 1.0F + load(factor + group + i);
      store(y + at, in * gate(in) * by);
    }
  }
}

RECOMBINE_CLONES
void gelu_backward(const Rows& rows,
                   const float* x,
                   const float* factor,
                   const float* dy,
                   float* dx,
                   float* dfactor) {
  if (dfactor != nullptr)
    std::memset(dfactor, 0, sizeof(float) * static_cast<std::size_t>(rows.groups * rows.width));
  for (std::int64_t token = 0; token < rows.groups * rows.tokens; ++token) {
    const std::int64_t group = token / rows.tokens * rows.width;
    for (std::int64_t i = 0; i < rows.width; i += kLanes) {
      const std::int64_t at = token * rows.width + i;
      const Lanes in = load(x + at);
      const Lanes open = gate(in);
      Lanes back = load(dy + at);
      if (factor != nullptr) {
        store(dfactor + group + i, load(dfactor + group + i) + back * in * open);
        back *= 1.0F + load(factor + group + i);
      }
      const Lanes steep = kSlope * (1.0F + 3 * kCubic * in * in);
      store(dx + at, back * (open + in * open * (1.0F - open) * steep));
    }
  }
}

}  // namespace recombine::fused
