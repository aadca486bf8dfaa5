#include "models/executor/executor.h"

#include <algorithm>
#include <utility>

#include "data/error.h"
#include "data/grid.h"
#include "models/layers/patch_loss.h"
#include "models/layers/patches.h"
#include "models/layers/rows.h"
#include "models/layers/weighted_mean.h"

namespace recombine {
namespace {

std::vector<std::int64_t> row_numbers(const std::vector<int>& items) {
  return {items.begin(), items.end()};
}

bool says_sections(const GridBatch& batch) {
  return std::ranges::find(batch.study_roles, kUnknownRoles) == batch.study_roles.end();
}

/// The sections that a batch has pairs of; where it does not say, as many of each.
std::vector<Roles> sections_of(const GridBatch& batch) {
  const auto pairs = static_cast<std::size_t>(batch.study.size(1));
  std::vector<Roles> sections = says_sections(batch) ? batch.study_roles : std::vector<Roles>{};
  require(!sections.empty() || pairs % kStudySections.size() == 0,
          "--model.sections hidden: ", pairs,
          " study pairs of unknown sections are not as many of each");
  for (std::size_t pair = sections.size(); pair < pairs; ++pair)
    sections.push_back(kStudySections.at(pair * kStudySections.size() / pairs));
  return sections;
}

}  // namespace

ExecutorModel::ExecutorModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed)
    : GridModel(config, shape),
      grid_(make(seed)),
      find_indicator_(table(), grid_),
      infer_rule_(config, grid_, table()),
      execution_(config, grid_, table()) {
  if (config.sections == "hidden") sorter_.emplace(config, grid_, table());
}

GridShape ExecutorModel::make(std::uint64_t seed) {
  require(shape().side > 0,
          "--model.name executor: answers grids, and the data holds facts; see recombine list "
          "models");
  require(shape().side % config().patch == 0, "--model.patch ", config().patch,
          ": must divide the grid's side ", shape().side);
  make_weights(executor_parameters(config(), shape()), seed);
  return {.side = shape().side, .patch = config().patch};
}

EpisodeIndicator ExecutorModel::indicator_of(const GridBatch& batch) const {
  std::vector<std::int64_t> indicated;
  for (std::size_t i = 0; i < batch.study_roles.size(); ++i) {
    if ((batch.study_roles[i] & kIndicatorRole) != 0)
      indicated.push_back(static_cast<std::int64_t>(i));
  }
  return find_indicator_(batch.study, indicated);
}

torch::Tensor ExecutorModel::soft_grids_of(const torch::Tensor& grids) const {
  return given_soft_grids(grids.transpose(0, 1), grid_)
      .view({grids.size(1), grids.size(0), grid_.patches(), -1});
}

GridBatch ExecutorModel::with_sections_sorted(const GridBatch& batch) const {
  if (!sorter_) return batch;
  const torch::NoGradGuard guard;
  GridBatch sorted = batch;
  sorted.study_roles = sections_of(batch);
  const torch::Tensor scores = sorter_->scores(batch.study);  // [B, S, 6]
  const torch::Tensor order = pairs_by_section(scores, sorted.study_roles);
  sorted.study = batch.study.gather(
      1, order.view({order.size(0), order.size(1), 1, 1, 1}).expand_as(batch.study));
  // A pair that is asked is wherever it was found to be: a query of the rules that the caller says.
  for (QueryKind& kind : sorted.kinds) kind.study = -1;
  return sorted;
}

ExecutorModel::Run ExecutorModel::run(const GridBatch& batch,
                                      const std::vector<QueryKind>& kinds) const {
  const ExecutorPlan plan = executor_plan(batch.study_roles, kinds, config().explain_away);
  const EpisodeIndicator indicator = indicator_of(batch);
  const torch::Tensor targets = soft_grids_of(batch.study.select(2, 1));
  torch::Tensor given = soft_grids_of(batch.study.select(2, 0));
  if (!plan.new_queries.empty()) {
    const std::vector<std::int64_t> rows(plan.new_queries.begin(), plan.new_queries.end());
    given = at::cat({given, take_rows(soft_grids_of(batch.query_inputs), rows)});
  }
  Run run{.plan = plan,
          .indicator = indicator,
          .given = given,
          .states = StateStore(execution_.first_states(given, indicator)),
          .rules = {}};
  for (std::size_t turn = 0; turn < plan.turns.size(); ++turn) {
    if (plan.turns[turn].evidence.empty()) continue;
    const std::vector<int> pairs = run.states.sorted(plan.turns[turn].evidence);
    const std::vector<int> items = run.states.sorted(plan.turns[turn].execute);
    const LeftOut left = left_out(pairs, items, config().leave_out);
    const RuleForItems rule = infer_rule_(
        run.states.gather(pairs), take_rows(targets, row_numbers(pairs)), indicator, turn, left);
    run.rules[turn] = rule.all;
    if (items.empty()) continue;
    run.states.replace(items,
                       execution_.after_rule(run.states.gather(items), rule.each, indicator));
  }
  return run;
}

std::array<InferredRule, 3> ExecutorModel::infer(const GridBatch& batch) const {
  return run(batch, {}).rules;
}

std::pair<torch::Tensor, std::vector<std::int64_t>> ExecutorModel::answer(
    const GridBatch& batch) const {
  std::vector<QueryKind> kinds = batch.kinds;
  if (kinds.empty()) kinds.resize(static_cast<std::size_t>(batch.query_inputs.size(1)));
  const Run done = run(batch, kinds);
  const std::vector<int> items = done.states.sorted(done.plan.answers);
  std::vector<std::int64_t> queries;
  queries.reserve(items.size());
  for (const int item : items)
    queries.push_back(std::ranges::find(done.plan.answers, item) - done.plan.answers.begin());
  const torch::Tensor states = done.states.gather(done.plan.answers);
  const torch::Tensor given =
      has_grids_between() ? torch::Tensor{} : take_rows(done.given, row_numbers(items));
  return {execution_.answers(states, given, done.indicator), queries};
}

torch::Tensor ExecutorModel::loss(const GridBatch& batch) {
  const bool says = says_sections(batch);
  const auto [soft_grids, queries] = answer(says ? batch : with_sections_sorted(batch));
  const torch::Tensor targets = take_rows(
      to_patches(batch.query_outputs.transpose(0, 1), config().patch)
          .view({batch.query_outputs.size(1), batch.query_outputs.size(0), grid_.patches(), -1}),
      queries);  // [Q, B, G, P]
  const torch::Tensor weight =
      patch_weights({.compact = false, .zero_patch_weight = config().zero_patch_weight}, targets)
          .unsqueeze(-1)
          .repeat({1, 1, 1, targets.size(-1)});
  const torch::Tensor probability =
      soft_grids.unflatten(-1, {-1, kColours}).gather(-1, targets.to(torch::kInt64).unsqueeze(-1));
  const torch::Tensor log_loss = -(probability.squeeze(-1) + kProbabilityFloor).log();
  torch::Tensor loss = weighted_mean(log_loss, weight);
  if (!sorter_ || !says) return loss;
  // Training is told the sections, so that it can say them later.
  return loss + section_loss(sorter_->scores(batch.study), batch.study_roles);
}

GridAnswers ExecutorModel::most_probable(const torch::Tensor& soft_grids) const {
  const auto [probability, colours] =
      soft_grids.unflatten(-1, {-1, kColours}).max(-1);  // [Q, B, G, P]
  const torch::Tensor grids =
      from_patches(colours.to(torch::kUInt8).flatten(0, 1), shape().side, config().patch)
          .view({soft_grids.size(0), soft_grids.size(1), shape().side, shape().side});
  const torch::Tensor log_probability =
      (probability + kProbabilityFloor).log().sum(std::vector<std::int64_t>{-1, -2});
  return {.grids = grids.transpose(0, 1).contiguous(),
          .log_probability = log_probability.t().contiguous()};
}

GridAnswers ExecutorModel::predict(const GridBatch& batch) {
  const torch::NoGradGuard guard;
  const auto [soft_grids, queries] = answer(with_sections_sorted(batch));
  std::vector<std::int64_t> back(queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i)
    back[static_cast<std::size_t>(queries[i])] = static_cast<std::int64_t>(i);
  return most_probable(take_rows(soft_grids, back));
}

std::vector<AfterRule> ExecutorModel::follow_rules(const GridBatch& given) const {
  require(has_grids_between(), "the model has no grids between the rules: nothing to trace");
  const torch::NoGradGuard guard;
  const GridBatch batch = with_sections_sorted(given);
  const auto rules = infer(batch);
  const EpisodeIndicator indicator = indicator_of(batch);
  torch::Tensor soft_grids = soft_grids_of(batch.query_inputs);
  std::vector<AfterRule> after;
  for (const InferredRule& rule : rules) {
    if (!rule.defined()) break;
    AfterRule& next = after.emplace_back();
    if (execution_.has_pointers())
      next.copied = execution_.copied_cells(soft_grids, rule, indicator).transpose(0, 1);
    if (has_vectors()) next.vectors = rule.vectors[0];
    soft_grids = execution_.execute(soft_grids, rule, indicator);
    next.grids = most_probable(soft_grids).grids;
  }
  return after;
}

}  // namespace recombine
