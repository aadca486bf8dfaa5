#pragma once
// Validation on grids.

#include <memory>
#include <string>

#include <torch/torch.h>

#include "meta/batches/episode_groups.h"
#include "meta/batches/episode_tensors.h"
#include "meta/validation/validation.h"

namespace recombine {

/// Scores answers [M, Q, N, N] to `episodes`: exact, color and shape as means over the queries,
/// 0..1 (eval/scoring/grid_scores.h says what each is), and the number of queries. All episodes
/// have the same number of queries, so these are the means over episodes too.
Scores score_answers(const torch::Tensor& grids, const EpisodeTensors& episodes);

/// Of episodes that differ, figures are means over all queries, and losses over all episodes.
/// With `copies` the study pairs are asked too: copy_exact, copy_color, copy_shape. Models that
/// answer patch by patch do so under teacher forcing.
std::unique_ptr<ValidationSet> make_grid_validation(std::string name,
                                                    EpisodeGroups episodes,
                                                    bool copies);
std::unique_ptr<ValidationSet> make_grid_validation(std::string name,
                                                    EpisodeTensors episodes,
                                                    bool copies);

}  // namespace recombine
