#pragma once
// BatchSources of grids.

#include <cstdint>
#include <memory>

#include <torch/torch.h>

#include "meta/batches/batch_rules.h"
#include "meta/batches/batch_source.h"
#include "meta/batches/episode_groups.h"
#include "meta/batches/episode_tensors.h"
#include "meta/batches/fresh_episodes.h"

namespace recombine {

/// The rows of `episodes`, each once an epoch, in an order of the epoch's own.
std::unique_ptr<BatchSource> make_stored_batches(EpisodeTensors episodes, const BatchRules& rules);

/// The same of several groups; what is learned from together, `block` episodes, is of one of them.
std::unique_ptr<BatchSource> make_grouped_batches(EpisodeGroups episodes,
                                                  const BatchRules& rules,
                                                  std::uint64_t block);

/// Episodes made inside the step and sent to `device`.
std::unique_ptr<BatchSource> make_fresh_batches(FreshEpisodes episodes,
                                                const BatchRules& rules,
                                                torch::Device device);

}  // namespace recombine
