#pragma once
// How a model that answers token by token is asked.

#include <cstdint>

namespace recombine {

enum class Decoding : std::uint8_t {
  kForced,  ///< teacher forcing: each token after the true ones before it
  kGreedy,  ///< each token after the model's own
};

}  // namespace recombine
