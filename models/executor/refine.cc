#include "models/executor/refine.h"

#include <algorithm>
#include <map>

#include "data/error.h"
#include "data/grid.h"
#include "models/executor/searched_answers.h"
#include "models/layers/rows.h"

namespace recombine {
namespace {

/// A unit of rules by its vectors [B, D], in the order in which they are run.
struct UnitVectors {
  Roles unit = 0;
  torch::Tensor vectors;
};
using Vectors = std::vector<UnitVectors>;

/// The pairs by which vectors are fitted, and those by which a step is chosen.
struct Halves {
  std::vector<std::int64_t> fit, choose;
};

Halves halves_of(const std::vector<Roles>& study, bool held_back) {
  std::map<Roles, int> left;
  for (const Roles roles : study) ++left[roles];
  std::map<Roles, int> total = left;
  Halves halves;
  for (std::size_t pair = 0; pair < study.size(); ++pair) {
    const int number = total[study[pair]] - left[study[pair]]--;
    const bool back = held_back && number >= (total[study[pair]] + 1) / 2;
    (back ? halves.choose : halves.fit).push_back(static_cast<std::int64_t>(pair));
  }
  if (halves.choose.empty()) halves.choose = halves.fit;
  return halves;
}

/// Some study pairs of a batch, and what runs them by given vectors.
class Reproduction {
 public:
  Reproduction(const ExecutorModel& model, const GridBatch& batch, const GridBatch& reproduced)
      : model_(model),
        roles_(reproduced.study_roles),
        indicator_(model.indicator_of(batch)),
        inputs_(model.soft_grids_of(reproduced.study.select(2, 0))),
        outputs_(model.soft_grids_of(reproduced.study.select(2, 1))) {}

  /// Mean negative log-likelihood of the cells of the named pairs' outputs, of each episode: [B].
  torch::Tensor loss(const Vectors& vectors, const std::vector<std::int64_t>& pairs) const {
    torch::Tensor sum = torch::zeros({inputs_.size(1)}, inputs_.options());
    for (const auto& [roles, rows] : by_roles(pairs)) {
      const torch::Tensor made = run(take_rows(inputs_, rows), roles, vectors);
      const torch::Tensor likely =
          (made * take_rows(outputs_, rows)).unflatten(-1, {-1, kColours}).sum(-1);
      sum = sum - (likely + kProbabilityFloor).log().mean(std::vector<std::int64_t>{-1, -2}).sum(0);
    }
    return sum / static_cast<double>(pairs.size());
  }

  torch::Tensor run(torch::Tensor soft_grids, Roles roles, const Vectors& vectors) const {
    for (const auto& [unit, each] : vectors) {
      if ((roles & unit) != 0)
        soft_grids = model_.execution().execute(
            soft_grids, {.vectors = each.unsqueeze(0), .tokens = {}, .unseen = {}}, indicator_);
    }
    return soft_grids;
  }

 private:
  std::map<Roles, std::vector<std::int64_t>> by_roles(
      const std::vector<std::int64_t>& pairs) const {
    std::map<Roles, std::vector<std::int64_t>> groups;
    for (const std::int64_t pair : pairs)
      groups[roles_[static_cast<std::size_t>(pair)]].push_back(pair);
    return groups;
  }

  const ExecutorModel& model_;
  std::vector<Roles> roles_;
  EpisodeIndicator indicator_;
  torch::Tensor inputs_, outputs_;
};

/// all [units, B, D] -> the vectors of each of `units`.
Vectors vectors_of(const torch::Tensor& all, const std::vector<InferredUnit>& units) {
  Vectors vectors;
  for (std::size_t i = 0; i < units.size(); ++i)
    vectors.push_back({units[i].unit, all[static_cast<std::int64_t>(i)]});
  return vectors;
}

std::vector<InferredUnit> inferred_units(const ExecutorModel& model, const GridBatch& batch) {
  const torch::NoGradGuard guard;
  return model.has_library() ? found_units(model, batch) : model.infer(batch);
}

/// [units, B, D].
torch::Tensor stacked(const std::vector<InferredUnit>& units) {
  std::vector<torch::Tensor> inferred;
  inferred.reserve(units.size());
  for (const auto& [unit, rule] : units) inferred.push_back(rule.vectors.squeeze(0));
  return at::stack(inferred);
}

/// The batch with those study pairs alone that some of the units make up.
GridBatch of_units(const GridBatch& batch, const std::vector<InferredUnit>& units) {
  std::vector<std::int64_t> pairs;
  GridBatch kept = batch;
  kept.study_roles.clear();
  for (std::size_t pair = 0; pair < batch.study_roles.size(); ++pair) {
    unsigned left = batch.study_roles[pair];
    for (const auto& [unit, rule] : units) left = (left & unit) == unit ? left & ~unit : left;
    if (left != 0) continue;
    pairs.push_back(static_cast<std::int64_t>(pair));
    kept.study_roles.push_back(batch.study_roles[pair]);
  }
  kept.study = batch.study.index_select(1, row_index(pairs, batch.study.device()));
  return kept;
}

}  // namespace

GridAnswers refined_answers(const ExecutorModel& model,
                            const GridBatch& given,
                            const RefineConfig& config) {
  require(model.has_grids_between(), "--refine: the model has no grids between the rules");
  require(!model.finds_orders(),
          "--refine: refines rules in the usual order, and the model finds one");
  require(model.config().sections != "searched",
          "--refine: refines rules of told sections, and the model searches for them");
  require(std::ranges::all_of(given.study_roles, [](Roles roles) { return roles <= kAllRoles; }),
          "--refine: refines three rules, and the data has episodes of more");
  require(model.reads_whole(given.study.size(-1)), "--refine: refines on grids of side ",
          model.shape().side, ", and the model answers others in windows");
  require(model.has_vectors(), "--refine: the model has no vectors of rules to refine");
  const GridBatch batch = model.with_sections_sorted(given);
  const std::vector<InferredUnit> units = inferred_units(model, batch);
  const torch::Tensor start = stacked(units);
  const GridBatch reproduced = of_units(batch, units);
  require(!reproduced.study_roles.empty(),
          "--refine: the study set has no pair that the units of a query make up");
  const Reproduction study(model, batch, reproduced);
  const Halves halves = halves_of(reproduced.study_roles, config.held_back);
  torch::Tensor now = start.clone().requires_grad_(true);
  torch::Tensor best = start;
  torch::Tensor least;  // [B]
  torch::optim::Adam adam({now}, torch::optim::AdamOptions(config.lr).betas({0.9, 0.99}));
  for (int step = 0; step <= config.steps; ++step) {
    {
      const torch::NoGradGuard guard;
      const torch::Tensor chosen = study.loss(vectors_of(now, units), halves.choose);
      const torch::Tensor better =
          least.defined() ? chosen.lt(least) : torch::ones_like(chosen, torch::kBool);
      best = torch::where(better.view({1, -1, 1}), now, best);
      least = least.defined() ? at::minimum(least, chosen) : chosen;
    }
    if (step == config.steps) break;
    const torch::AutoGradMode with_gradients(true);
    const torch::Tensor loss = study.loss(vectors_of(now, units), halves.fit).sum() +
                               config.pull * (now - start).square().mean(-1).sum();
    now.mutable_grad() = torch::autograd::grad({loss}, {now})[0];
    adam.step();
  }
  const torch::NoGradGuard guard;
  return model.most_probable(
      study.run(model.soft_grids_of(batch.query_inputs), kAllRoles, vectors_of(best, units)));
}

}  // namespace recombine
