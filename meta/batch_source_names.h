#pragma once
// What a training step can learn from and how it asks. Without Torch, so that every program can
// list and check the names. To add a learner, add its line here and its case in grid_run_data.cc.

#include <array>
#include <string_view>

namespace recombine {

struct NamedChoice {
  std::string_view name;
  std::string_view summary;
};

inline constexpr std::array<NamedChoice, 2> kLearners = {{
    {"stored", "the episodes of a split's train folder, in a new order each epoch"},
    {"fresh", "episodes made inside the step and never seen twice; held-out triplets left out"},
}};

inline constexpr std::array<NamedChoice, 3> kQueryKinds = {{
    {"plain", "the episode's own queries, which need all three rules"},
    {"aux", "one pair of each study section that is not shown: one rule, or two"},
    {"copy", "the study pairs that are shown, asked again"},
}};

}  // namespace recombine
