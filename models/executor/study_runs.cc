#include "models/executor/study_runs.h"

#include <algorithm>

#include "data/grid.h"

namespace recombine {
namespace {

using torch::Tensor;

/// Log-probability below which pairs are not told apart: what is wrong is wrong.
constexpr double kLeastLikelihood = -200;
/// Grids that are run at a time.
constexpr std::int64_t kGridsAtATime = 512;

/// Soft grids without those whose most probable grid another one has.
struct DistinctGrids {
  Tensor soft_grids;  ///< [U, 1, G, 10 P]
  Tensor places;      ///< [M] int64: of each grid, which of them it is
};

DistinctGrids distinct(const Tensor& soft_grids) {
  const Tensor cells = soft_grids.unflatten(-1, {-1, kColours}).argmax(-1).flatten(1);
  const auto [grids, places, counts] = at::unique_dim(cells, 0, true, true);
  const Tensor numbers = at::arange(cells.size(0), cells.options());
  const Tensor first = at::full({grids.size(0)}, cells.size(0), cells.options())
                           .scatter_reduce(0, places, numbers, "amin");
  return {.soft_grids = soft_grids.index_select(0, first), .places = places};
}

}  // namespace

StudyRuns::StudyRuns(const ExecutorModel& model, const GridBatch& batch)
    : model_(model),
      study_(batch.study_roles),
      inputs_(model.soft_grids_of(batch.study.select(2, 0))),
      outputs_(model.soft_grids_of(batch.study.select(2, 1))) {
  for (const Roles roles : study_) indicators_.push_back(model.indicators_of(batch, roles));
}

std::vector<int> StudyRuns::pairs_of(Roles roles) const {
  std::vector<int> pairs;
  for (std::size_t pair = 0; pair < study_.size(); ++pair) {
    if (study_[pair] == roles) pairs.push_back(static_cast<int>(pair));
  }
  return pairs;
}

Tensor StudyRuns::run(int pair, const Tensor& soft_grids, const Tensor& vectors) const {
  std::vector<Tensor> made;
  for (std::int64_t begin = 0; begin < soft_grids.size(0); begin += kGridsAtATime) {
    const std::int64_t count = std::min(kGridsAtATime, soft_grids.size(0) - begin);
    const Tensor by = vectors.narrow(0, begin, count).unsqueeze(1);
    made.push_back(model_.execution().execute(soft_grids.narrow(0, begin, count),
                                              {.vectors = by, .tokens = {}, .unseen = {}},
                                              indicators_[static_cast<std::size_t>(pair)]));
  }
  return at::cat(made);
}

Tensor StudyRuns::run_all(int pair, const std::vector<Tensor>& rules) const {
  Tensor soft_grids = inputs_.narrow(0, pair, 1);
  for (const Tensor& vectors : rules) {
    const auto [different, places] = distinct(soft_grids);
    const std::int64_t count = vectors.size(0);
    const Tensor made =
        run(pair, different.repeat_interleave(count, 0), vectors.repeat({different.size(0), 1}));
    soft_grids = made.unflatten(0, {-1, count}).index_select(0, places).flatten(0, 1);
  }
  return soft_grids;
}

Tensor StudyRuns::run_each(int pair, const std::vector<Tensor>& rules) const {
  Tensor soft_grids = inputs_.narrow(0, pair, 1);
  for (const Tensor& vectors : rules)
    soft_grids = run(pair, soft_grids.expand({vectors.size(0), -1, -1, -1}), vectors);
  return soft_grids;
}

Tensor StudyRuns::likelihood(int pair, const Tensor& made) const {
  const Tensor likely = (made * outputs_[pair]).unflatten(-1, {-1, kColours}).sum(-1);
  return (likely + kProbabilityFloor).log().flatten(1).sum(1).clamp_min(kLeastLikelihood);
}

}  // namespace recombine
