#pragma once
// From stored episodes to what a step sees: which queries, which colours, which noise.

#include <cstdint>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "meta/batches/episode_tensors.h"
#include "meta/config.h"
#include "models/batch.h"
#include "models/entry.h"

namespace recombine {

/// Every choice is named by (seed, number of the episode in the run), so a batch is the same
/// whichever worker makes it and whatever was made before.
struct BatchRules {
  bool plain = true;
  bool aux = false;
  bool copy = false;
  bool colour_permutation = false;
  double noise = 0;
  std::uint64_t seed = 0;
  LossWeight weigh = {};  ///< what targets weigh in the mean; none: every episode the same
  std::vector<std::string> study_mix = {"all"};  ///< what is shown, drawn for each group
  std::vector<int> pad_to = {};  ///< sides of the boards around the grids, drawn for each group
};

BatchRules batch_rules(const TrainConfig& config);

/// What an episode is asked under the rules, in the order of make_batch().
std::vector<QueryKind> query_kinds(const BatchRules& rules, const EpisodeShape& shape);
/// How many queries those are.
int queries_asked(const BatchRules& rules, const EpisodeShape& shape);

/// The batch of the given rows, on the device of `episodes`; row i is episode `first + i` of the
/// run, in the group that begins with number `group`. Queries come in the order plain, aux (one a
/// study section), copy. Requires spare pairs in `episodes` where rules.aux.
GridBatch make_batch(const EpisodeTensors& episodes,
                     const std::vector<std::int64_t>& rows,
                     std::uint64_t first,
                     const BatchRules& rules,
                     std::uint64_t group = 0);

}  // namespace recombine
