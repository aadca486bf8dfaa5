#pragma once
// What a training step can learn from, as `recombine list` prints it. Without Torch, so that every
// program can list the names. To add a source of batches, add its line here, its value to the
// option `episodes` (meta/config.h) and its case in meta/run/.

#include <array>
#include <string_view>

namespace recombine {

struct NamedChoice {
  std::string_view name;
  std::string_view summary;
};

inline constexpr std::array<NamedChoice, 2> kBatchSources = {{
    {"stored", "the episodes of a split's train folder, in a new order each epoch"},
    {"fresh", "episodes made inside the step and never seen twice; held-out triplets left out"},
}};

}  // namespace recombine
