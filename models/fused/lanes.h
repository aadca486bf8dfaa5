#pragma once
// Floats that are computed with at once, kLanes of them, for inner loops on the CPU.

#include <cstring>

#include "models/fused/kernels.h"

/// A function that is compiled for several instruction sets, of which the machine's best is chosen
/// when the program starts. What it calls must be inlined into it.
#if defined(__x86_64__) && !defined(__clang__)
#define RECOMBINE_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define RECOMBINE_CLONES
#endif
#define RECOMBINE_INLINE inline __attribute__((always_inline))

namespace recombine::fused {

using Lanes = float __attribute__((vector_size(kLanes * sizeof(float))));
using LaneInts = int __attribute__((vector_size(kLanes * sizeof(int))));

RECOMBINE_INLINE Lanes load(const float* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof(lanes));
  return lanes;
}

RECOMBINE_INLINE void store(float* to, Lanes lanes) { std::memcpy(to, &lanes, sizeof(lanes)); }

RECOMBINE_INLINE Lanes all(float value) { return Lanes{} + value; }

RECOMBINE_INLINE Lanes larger(Lanes a, Lanes b) { return a > b ? a : b; }
RECOMBINE_INLINE Lanes smaller(Lanes a, Lanes b) { return a < b ? a : b; }

/// The lanes, each `Distance` positions on, in rings of twice that length.
template <int Distance>
RECOMBINE_INLINE Lanes exchanged(Lanes lanes) {
  static_assert(kLanes == 8);
  if constexpr (Distance == 4) return __builtin_shufflevector(lanes, lanes, 4, 5, 6, 7, 0, 1, 2, 3);
  if constexpr (Distance == 2) return __builtin_shufflevector(lanes, lanes, 2, 3, 0, 1, 6, 7, 4, 5);
  return __builtin_shufflevector(lanes, lanes, 1, 0, 3, 2, 5, 4, 7, 6);
}

RECOMBINE_INLINE float sum_of(Lanes lanes) {
  lanes += exchanged<4>(lanes);
  lanes += exchanged<2>(lanes);
  lanes += exchanged<1>(lanes);
  return lanes[0];
}

RECOMBINE_INLINE float largest_of(Lanes lanes) {
  lanes = larger(lanes, exchanged<4>(lanes));
  lanes = larger(lanes, exchanged<2>(lanes));
  return larger(lanes, exchanged<1>(lanes))[0];
}

/// e^x to about 1e-6 of its value; 0 below -87, at most e^87; of no number, none.
RECOMBINE_INLINE Lanes exponential(Lanes x) {
  constexpr float kEnd = 87.0F;
  // Added to a small number, it leaves the nearest whole one in the last bits of the sum.
  constexpr float kRounding = 12582912.0F;
  // x second: comparing with what is no number is false, and then the second is taken.
  const Lanes inside = smaller(all(kEnd), larger(all(-kEnd), x));
  const Lanes two = inside * 1.44269504F;  // the exponent of 2
  const Lanes rounded = two + kRounding;
  const Lanes rest = two - (rounded - kRounding);  // in [-1/2, 1/2]
  // Taylor's series of 2^rest.
  Lanes power = all(1.5403530e-4F);
  power = power * rest + 1.3333558e-3F;
  power = power * rest + 9.6181291e-3F;
  power = power * rest + 5.5504109e-2F;
  power = power * rest + 2.4022651e-1F;
  power = power * rest + 6.9314718e-1F;
  power = power * rest + 1.0F;
  // The whole part goes into the bits of the exponent.
  LaneInts bits;
  LaneInts whole;
  std::memcpy(&bits, &power, sizeof(bits));
  std::memcpy(&whole, &rounded, sizeof(whole));
  bits += whole << 23;
  std::memcpy(&power, &bits, sizeof(power));
  return x < -kEnd ? Lanes{} : power;
}

RECOMBINE_INLINE Lanes logistic(Lanes x) { return 1.0F / (1.0F + exponential(-x)); }

}  // namespace recombine::fused
