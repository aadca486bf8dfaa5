#pragma once
// The models by name, for programs without Torch. To add one: a line here and one in registry.cc.

#include <array>
#include <string_view>

namespace recombine {

struct ModelName {
  std::string_view name;
  std::string_view family;  ///< "grids" or "facts"
  std::string_view summary;
};

inline constexpr std::array<ModelName, 5> kModelNames = {{
    {"fast", "grids", "paired patch tokens, study set encoded once, all patches answered at once"},
    {"executor", "grids",
     "infers a vector for each rule and runs one network once a rule: composes by construction"},
    {"reference", "grids", "the published encoder-decoder (arXiv 2504.01445), layer for layer"},
    {"shared", "grids",
     "the weights of reference, study set encoded once an episode: about 9 times its speed"},
    {"gpt", "facts", "a GPT-2 decoder, one token an entity or relation (arXiv 2502.04667)"},
}};

}  // namespace recombine
