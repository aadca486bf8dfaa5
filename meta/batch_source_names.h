#pragma once
// What a training step can learn from, as `recombine list` prints it. Without Torch, so that every
// program can list the names. To add a source of batches, add its line here, and its case in
// meta/run/.

#include <array>

#include "data/field_notes.h"

namespace recombine {

inline constexpr std::array<AllowedValue, 2> kBatchSources = {{
    {"stored", "the items of a split's train folder, in a new order each epoch"},
    {"fresh", "grids made inside the step and never seen twice; held-out triplets left out"},
}};

}  // namespace recombine
