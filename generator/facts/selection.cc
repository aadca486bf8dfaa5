#include "generator/facts/selection.h"

#include <cmath>

namespace recombine {

std::uint32_t word_limit(double fraction) {
  return static_cast<std::uint32_t>(std::floor(std::ldexp(fraction, 32)));
}

std::uint64_t rounded_share(double share, std::uint64_t count) {
  return static_cast<std::uint64_t>(std::llround(share * static_cast<double>(count)));
}

}  // namespace recombine
