#pragma once
// In what numbers the matrix products of a forward pass are computed. Weights, gradients and the
// optimiser are float32 always.

#include <cstdint>
#include <string_view>

#include <torch/torch.h>

namespace recombine {

/// tf32: float32 with products of ten bits of mantissa (Ampere and later GPUs); bf16: products in
/// bfloat16, sums and norms in float32 (automatic mixed precision).
enum class Precision : std::uint8_t { kFloat32, kTf32, kBf16 };

/// "float32", "tf32" or "bf16"; throws InputError for another, and for what the device has not.
Precision parse_precision(std::string_view name, torch::Device device);

/// While it lives, forward passes of this thread on devices of this type have the precision; tf32
/// holds for the whole process, and for backward passes too.
class PrecisionScope {
 public:
  PrecisionScope(Precision precision, torch::DeviceType device);
  ~PrecisionScope();
  PrecisionScope(const PrecisionScope&) = delete;
  PrecisionScope& operator=(const PrecisionScope&) = delete;

 private:
  bool mixed_;
  torch::DeviceType device_;
};

}  // namespace recombine
