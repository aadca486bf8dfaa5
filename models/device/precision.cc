#include "models/device/precision.h"

#include <ATen/autocast_mode.h>

#include "data/error.h"

namespace recombine {

Precision parse_precision(std::string_view name, torch::Device device) {
  if (name == "float32") return Precision::kFloat32;
  require(name == "tf32" || name == "bf16", "--precision ", name,
          ": must be float32, tf32 or bf16");
  require(!device.is_cpu(), "--precision ", name, ": needs a GPU; the CPU computes in float32");
  return name == "tf32" ? Precision::kTf32 : Precision::kBf16;
}

PrecisionScope::PrecisionScope(Precision precision, torch::DeviceType device)
    : mixed_(precision == Precision::kBf16), device_(device) {
  at::globalContext().setFloat32MatmulPrecision(precision == Precision::kTf32 ? "high" : "highest");
  if (!mixed_) return;
  at::autocast::set_autocast_enabled(device_, true);
  at::autocast::set_autocast_dtype(device_, torch::kBFloat16);
  // A cast weight that were kept would be stale in a recorded step.
  at::autocast::set_autocast_cache_enabled(false);
  at::autocast::increment_nesting();
}

PrecisionScope::~PrecisionScope() {
  if (!mixed_) return;
  at::autocast::decrement_nesting();
  at::autocast::clear_cache();
  at::autocast::set_autocast_cache_enabled(true);
  at::autocast::set_autocast_enabled(device_, false);
}

}  // namespace recombine
