#pragma once
// Sixteen floats that are computed with at once, for inner loops on the CPU.

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

using Lanes = float __attribute__((vector_size(64)));
using LaneInts = int __attribute__((vector_size(64)));

RECOMBINE_INLINE Lanes load(const float* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof(lanes));
  return lanes;
}

RECOMBINE_INLINE void store(float* to, Lanes lanes) { std::memcpy(to, &lanes, sizeof(lanes)); }

RECOMBINE_INLINE Lanes all(float value) { return Lanes{} + value; }

RECOMBINE_INLINE float sum_of(Lanes lanes) {
  float sum = 0;
  for (int i = 0; i < kLanes; ++i) sum += lanes[i];
  return sum;
}

RECOMBINE_INLINE Lanes larger(Lanes a, Lanes b) { return a > b ? a : b; }

/// e^x to about 2e-6 of its value; 0 below -87, at most e^87.
RECOMBINE_INLINE Lanes exponential(Lanes x) {
  constexpr float kEnd = 87.0F;
  const Lanes inside = x > kEnd ? all(kEnd) : (x < -kEnd ? all(-kEnd) : x);
  const Lanes two = inside * 1.44269504F;  // the exponent of 2
  const LaneInts whole =
      __builtin_convertvector(two + (two < 0.0F ? all(-0.5F) : all(0.5F)), LaneInts);
  const Lanes rest = two - __builtin_convertvector(whole, Lanes);  // in [-1/2, 1/2]
  // Taylor's series of 2^rest.
  Lanes power = all(1.5403530e-4F);
  power = power * rest + 1.3333558e-3F;
  power = power * rest + 9.6181291e-3F;
  power = power * rest + 5.5504109e-2F;
  power = power * rest + 2.4022651e-1F;
  power = power * rest + 6.9314718e-1F;
  power = power * rest + 1.0F;
  const LaneInts bits = (whole + 127) << 23;
  Lanes scale;
  std::memcpy(&scale, &bits, sizeof(scale));
  return x < -kEnd ? Lanes{} : power * scale;
}

RECOMBINE_INLINE Lanes logistic(Lanes x) { return 1.0F / (1.0F + exponential(-x)); }

}  // namespace recombine::fused
