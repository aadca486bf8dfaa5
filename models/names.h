#pragma once
// The models by name, for programs without Torch: the lines of models/registry.h as values.

#include <array>
#include <string_view>

#include "data/family.h"
#include "models/registry.h"

namespace recombine {

struct ModelName {
  std::string_view name;
  std::string_view family;  ///< "grids" or "facts"
  std::string_view summary;
};

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define RECOMBINE_MODEL_NAME(model, of, text) ModelName{#model, (of).name, text},
inline constexpr std::array kModelNames = {RECOMBINE_MODELS(RECOMBINE_MODEL_NAME)};
#undef RECOMBINE_MODEL_NAME

}  // namespace recombine
