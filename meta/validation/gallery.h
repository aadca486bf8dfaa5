#pragma once
// Answers beside the truth, as TensorBoard shows them.

#include <string>

#include <torch/torch.h>

#include "data/storage/event_file.h"
#include "meta/batches/episode_tensors.h"

namespace recombine {

/// The first query of the first few episodes of the set `name`; `grids` [M, Q, N, N] are answers.
Png answer_gallery(const std::string& name,
                   const EpisodeTensors& episodes,
                   const torch::Tensor& grids);

}  // namespace recombine
