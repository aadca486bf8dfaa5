#pragma once
// What of an episode's study set a step shows, where study settings are mixed in training.

#include <cstdint>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "meta/batches/episode_tensors.h"

namespace recombine {

/// What is shown of each episode of a group: some of its study pairs, then some of its queries as
/// pairs, which are asked no longer.
struct StudyCut {
  std::vector<std::int64_t> pairs;  ///< places among the study pairs, in order
  int shots = 0;                    ///< queries that are shown, the first ones

  friend bool operator==(const StudyCut&, const StudyCut&) = default;
};

/// Queries that the setting "three-shot" shows.
inline constexpr int kThreeShots = 3;

/// The cut by the setting `name` of [train] study-mix. What is left to chance is named by (seed,
/// group). Throws InputError where the episodes do not have what the setting shows.
StudyCut study_cut(const std::string& name,
                   const EpisodeShape& shape,
                   std::uint64_t seed,
                   std::uint64_t group);

/// Which of the settings the group whose first episode has this number is shown.
const std::string& drawn_setting(const std::vector<std::string>& settings,
                                 std::uint64_t seed,
                                 std::uint64_t group);

/// The shape of episodes after the cut.
EpisodeShape shape_after(const StudyCut& cut, const EpisodeShape& shape);

/// study [B, S, 2, N, N] and queries [B, Q, 2, N, N] of some episodes after a cut.
struct CutEpisodes {
  torch::Tensor study, queries;
};
CutEpisodes cut_episodes(const StudyCut& cut,
                         const torch::Tensor& study,
                         const torch::Tensor& queries);

}  // namespace recombine
