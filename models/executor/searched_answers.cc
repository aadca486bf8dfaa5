#include "models/executor/searched_answers.h"

#include <map>

#include "data/grid.h"
#include "models/executor/section_search.h"
#include "models/layers/rows.h"

namespace recombine {
namespace {

using torch::Tensor;

/// What the rules make of the queries of one episode, [Q, 1, G, 10 P].
Tensor answers_by(const ExecutorModel& model, const GridBatch& one, const FoundRules& rules) {
  const Tensor inputs = model.soft_grids_of(one.query_inputs);
  const Roles every = first_roles(rules.chain.size());
  std::map<Roles, std::vector<std::int64_t>> queries;  // by their rules
  for (std::int64_t query = 0; query < inputs.size(0); ++query)
    queries[one.kinds.empty() ? every : one.kinds[static_cast<std::size_t>(query)].roles].push_back(
        query);
  Tensor answers = at::empty_like(inputs);
  for (const auto& [roles, rows] : queries) {
    const EpisodeIndicator indicator = model.indicators_of(one, roles);
    Tensor soft_grids = take_rows(inputs, rows);
    for (const InferredUnit& unit : rules.chain) {
      if ((roles & unit.unit) != 0)
        soft_grids = model.execution().execute(soft_grids, unit.rule, indicator);
    }
    answers.index_copy_(0, row_index(rows, answers.device()), soft_grids);
  }
  return answers;
}

}  // namespace

Tensor voted(const Tensor& answers, const std::vector<double>& weights) {
  const Tensor cells = answers.unflatten(-1, {-1, kColours});  // [E, Q, 1, G, P, 10]
  const auto [most, colours] = cells.max(-1);
  const Tensor grids = colours.flatten(2);                                        // [E, Q, cells]
  const Tensor sure = (most + kProbabilityFloor).log().flatten(2).sum(-1).exp();  // [E, Q]
  const Tensor votes = sure * torch::tensor(weights, sure.options()).unsqueeze(1);
  const Tensor same = grids.unsqueeze(0).eq(grids.unsqueeze(1)).all(-1);  // [E, E, Q]
  const Tensor chosen = (same * votes.unsqueeze(0)).sum(1).argmax(0);     // [Q]
  std::vector<Tensor> rows;
  for (std::int64_t query = 0; query < answers.size(1); ++query)
    rows.push_back(answers[chosen[query].item<std::int64_t>()][query]);
  return at::stack(rows);
}

std::vector<InferredUnit> found_units(const ExecutorModel& model, const GridBatch& batch) {
  std::vector<InferredUnit> units;
  std::vector<std::vector<Tensor>> vectors;  // of each rule, of each episode
  for (std::int64_t number = 0; number < batch.study.size(0); ++number) {
    const GridBatch one = with_sections_told(model, episode_of(batch, number));
    units = find_rules(model, one).front().chain;
    vectors.resize(units.size());
    for (std::size_t turn = 0; turn < units.size(); ++turn)
      vectors[turn].push_back(units[turn].rule.vectors);
  }
  for (std::size_t turn = 0; turn < units.size(); ++turn)
    units[turn].rule.vectors = at::cat(vectors[turn], 1);
  return units;
}

Explanations::Explanations(const ExecutorModel& model, const GridBatch& batch)
    : model_(model), told_(with_sections_told(model, batch)), rules_(find_rules(model, told_)) {}

Tensor Explanations::answers(const GridBatch& asked) const {
  GridBatch one = told_;
  one.query_inputs = asked.query_inputs;
  one.kinds = asked.kinds;
  std::vector<Tensor> each;
  std::vector<double> weights;
  for (const FoundRules& rules : rules_) {
    each.push_back(answers_by(model_, one, rules));
    weights.push_back(rules.weight);
  }
  return each.size() == 1 ? each.front() : voted(at::stack(each), weights);
}

Tensor searched_answers(const ExecutorModel& model, const GridBatch& batch) {
  const torch::NoGradGuard guard;
  std::vector<Tensor> answers;
  for (std::int64_t number = 0; number < batch.study.size(0); ++number) {
    const GridBatch one = episode_of(batch, number);
    answers.push_back(Explanations(model, one).answers(one));
  }
  return at::cat(answers, 1);
}

}  // namespace recombine
