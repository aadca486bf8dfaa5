#pragma once
// The models by name, for programs without Torch. To add one: a line here and one in list.cc.

#include <array>
#include <string_view>

namespace recombine {

struct ModelName {
  std::string_view name;
  std::string_view summary;
};

inline constexpr std::array<ModelName, 1> kModelNames = {{
    {"fast", "paired patch tokens, study set encoded once, all patches answered at once"},
}};

}  // namespace recombine
