#include "models/executor/order_finder.h"

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

#include "data/grid.h"

namespace recombine {
namespace {

/// By which a later order must be better, in nats a pair.
constexpr double kClearlyBetter = 1e-4;

/// The batch, asked for its pairs of several rules too, behind its own queries.
GridBatch with_composites(const GridBatch& batch) {
  GridBatch asked = batch;
  if (asked.kinds.empty()) asked.kinds.resize(static_cast<std::size_t>(batch.query_inputs.size(1)));
  std::vector<torch::Tensor> inputs{batch.query_inputs};
  for (std::size_t pair = 0; pair < batch.study_roles.size(); ++pair) {
    const Roles roles = batch.study_roles[pair];
    if (std::popcount(roles) < 2) continue;
    asked.kinds.push_back({roles, static_cast<int>(pair)});
    inputs.push_back(batch.study.select(1, static_cast<std::int64_t>(pair)).narrow(1, 0, 1));
  }
  asked.query_inputs = torch::cat(inputs, 1);
  return asked;
}

/// soft_grids [Q, B, G, 10 P] of with_composites(), of whose queries the first `own` are the
/// batch's own -> mean log-probability of the true outputs of its study pairs, [B].
torch::Tensor reproduction(const ExecutorModel& model,
                           const GridBatch& asked,
                           const torch::Tensor& soft_grids,
                           std::int64_t own) {
  torch::Tensor sum = torch::zeros({soft_grids.size(1)}, soft_grids.options());
  const torch::Tensor outputs = model.soft_grids_of(asked.study.select(2, 1));
  for (std::int64_t query = own; query < soft_grids.size(0); ++query) {
    const int pair = asked.kinds[static_cast<std::size_t>(query)].study;
    const torch::Tensor likely =
        (soft_grids[query] * outputs[pair]).unflatten(-1, {-1, kColours}).sum(-1);  // [B, G, P]
    sum = sum + (likely + kProbabilityFloor).log().sum(std::vector<std::int64_t>{-1, -2});
  }
  return sum / static_cast<double>(std::max<std::int64_t>(1, soft_grids.size(0) - own));
}

}  // namespace

FoundOrders find_orders(const ExecutorModel& model, const GridBatch& batch) {
  const torch::NoGradGuard guard;
  const std::int64_t own = batch.query_inputs.size(1);
  const GridBatch asked = with_composites(batch);
  FoundOrders best;
  torch::Tensor most;  // [B]
  const std::vector<RuleOrder> orders = rule_orders();
  for (std::size_t number = 0; number < orders.size(); ++number) {
    const torch::Tensor made =
        model.soft_answers(asked, {.order = orders[number], .leave_out = true});
    const torch::Tensor score = reproduction(model, asked, made, own);
    const torch::Tensor answers = made.narrow(0, 0, own);
    if (!most.defined()) {
      most = score;
      best = {torch::zeros({score.size(0)}, score.options().dtype(torch::kInt64)), answers};
      continue;
    }
    const torch::Tensor better = score.gt(most + kClearlyBetter);
    most = torch::where(better, score, most);
    best.orders.masked_fill_(better, static_cast<std::int64_t>(number));
    best.soft_grids = torch::where(better.view({1, -1, 1, 1}), answers, best.soft_grids);
  }
  return best;
}

}  // namespace recombine
