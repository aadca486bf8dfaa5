#pragma once
// The verbs of recombine-train, for the front door's help; no Torch here.

#include <array>
#include <string_view>

namespace recombine {

struct TorchVerb {
  std::string_view name;
  std::string_view summary;
};

inline constexpr std::array<TorchVerb, 6> kTorchVerbs = {{
    {"train", "trains a model as its config says"},
    {"predict", "answers of a trained checkpoint to a data set"},
    {"trace", "what goes on inside a trained model: tables and pictures"},
    {"convert", "rewrites a trained run: another vocabulary, or reference as shared and back"},
    {"parity", "our logits, gradients and losses beside those of another program"},
    {"bench", "measures this machine, each figure as a ratio in one run"},
}};

/// What the help says of such a verb.
constexpr std::string_view torch_summary(std::string_view name) {
  for (const TorchVerb& verb : kTorchVerbs) {
    if (verb.name == name) return verb.summary;
  }
  return {};
}

}  // namespace recombine
