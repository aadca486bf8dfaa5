#include "models/executor/refine.h"

#include <cmath>
#include <map>

#include "data/error.h"
#include "data/grid.h"
#include "models/layers/rows.h"

namespace recombine {
namespace {

using Vectors = std::array<torch::Tensor, 3>;  ///< [B, D] of each rule

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
    const int place = total[study[pair]] - left[study[pair]]--;
    const bool back = held_back && place >= (total[study[pair]] + 1) / 2;
    (back ? halves.choose : halves.fit).push_back(static_cast<std::int64_t>(pair));
  }
  if (halves.choose.empty()) halves.choose = halves.fit;
  return halves;
}

/// The study set of a batch, and what runs its pairs by given vectors.
class Reproduction {
 public:
  Reproduction(const ExecutorModel& model, const GridBatch& batch)
      : model_(model),
        roles_(batch.study_roles),
        scene_(model.scene_of(batch)),
        inputs_(model.boards_of(batch.study.select(2, 0))),
        outputs_(model.boards_of(batch.study.select(2, 1))) {}

  /// Mean surprise of the cells of the named pairs' outputs, an episode: [B].
  torch::Tensor loss(const Vectors& vectors, const std::vector<std::int64_t>& pairs) const {
    torch::Tensor sum = torch::zeros({inputs_.size(1)}, inputs_.options());
    for (const auto& [roles, rows] : by_roles(pairs)) {
      const torch::Tensor boards = run(take_rows(inputs_, rows), roles, vectors);
      const torch::Tensor likely =
          (boards * take_rows(outputs_, rows)).unflatten(-1, {-1, kColours}).sum(-1);
      sum = sum - (likely + kProbabilityFloor).log().mean(std::vector<std::int64_t>{-1, -2}).sum(0);
    }
    return sum / static_cast<double>(pairs.size());
  }

  torch::Tensor run(torch::Tensor boards, Roles roles, const Vectors& vectors) const {
    for (std::size_t rule = 0; rule < kRuleOrder.size(); ++rule) {
      if ((roles & kRuleOrder[rule]) != 0)
        boards = model_.execute(boards, {vectors[rule].unsqueeze(0), {}, {}}, scene_);
    }
    return boards;
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
  BoardScene scene_;
  torch::Tensor inputs_, outputs_;
};

/// Adam (Kingma and Ba 2015) on one tensor.
struct Adam {
  torch::Tensor mean, square;
  int steps = 0;

  void step(torch::Tensor& value, const torch::Tensor& gradient, double lr) {
    constexpr double kMean = 0.9;
    constexpr double kSquare = 0.99;
    if (steps++ == 0) {
      mean = torch::zeros_like(gradient);
      square = torch::zeros_like(gradient);
    }
    mean = mean * kMean + gradient * (1 - kMean);
    square = square * kSquare + gradient * gradient * (1 - kSquare);
    const torch::Tensor m = mean / (1 - std::pow(kMean, steps));
    const torch::Tensor v = square / (1 - std::pow(kSquare, steps));
    value = value - m / (v.sqrt() + 1e-8) * lr;
  }
};

Vectors parts_of(const torch::Tensor& all) { return {all[0], all[1], all[2]}; }

}  // namespace

GridAnswers refined_answers(const ExecutorModel& model,
                            const GridBatch& given,
                            const RefineConfig& config) {
  require(model.has_boards(), "--refine: the model has no boards between the rules");
  require(model.has_vectors(), "--refine: the model has no vectors of rules to refine");
  const GridBatch batch = model.told(given);
  torch::Tensor start;  // [3, B, D]
  {
    const torch::NoGradGuard guard;
    std::vector<torch::Tensor> inferred;
    for (const InferredRule& rule : model.infer(batch)) inferred.push_back(rule.vectors.squeeze(0));
    start = at::stack(inferred);
  }
  const Reproduction study(model, batch);
  const Halves halves = halves_of(batch.study_roles, config.held_back);
  torch::Tensor now = start;
  torch::Tensor best = start;
  torch::Tensor least;  // [B]
  Adam adam;
  for (int step = 0; step <= config.steps; ++step) {
    {
      const torch::NoGradGuard guard;
      const torch::Tensor chosen = study.loss(parts_of(now), halves.choose);
      const torch::Tensor better =
          least.defined() ? chosen.lt(least) : torch::ones_like(chosen, torch::kBool);
      best = torch::where(better.view({1, -1, 1}), now, best);
      least = least.defined() ? at::minimum(least, chosen) : chosen;
    }
    if (step == config.steps) break;
    const torch::AutoGradMode with_gradients(true);
    const torch::Tensor free = now.detach().requires_grad_(true);
    const torch::Tensor loss = study.loss(parts_of(free), halves.fit).sum() +
                               config.pull * (free - start).square().mean(-1).sum();
    const torch::Tensor gradient = torch::autograd::grad({loss}, {free})[0];
    const torch::NoGradGuard guard;
    adam.step(now, gradient, config.lr);
  }
  const torch::NoGradGuard guard;
  return model.most_probable(
      study.run(model.boards_of(batch.query_inputs), kAllRoles, parts_of(best)));
}

}  // namespace recombine
