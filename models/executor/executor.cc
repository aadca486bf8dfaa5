#include "models/executor/executor.h"

#include <algorithm>
#include <utility>

#include "data/error.h"
#include "data/grid.h"
#include "models/executor/section_sorter.h"
#include "models/layers/patch_loss.h"
#include "models/layers/patches.h"
#include "models/layers/rows.h"
#include "models/layers/weighted_mean.h"

namespace recombine {
namespace {

std::vector<std::int64_t> numbers(const std::vector<int>& items) {
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
    : GridModel(config, shape), board_{shape.side, config.patch} {
  require(shape.side > 0,
          "--model.name executor: answers grids, and the data holds facts; see recombine list "
          "models");
  require(shape.side % config.patch == 0, "--model.patch ", config.patch,
          ": must divide the grid's side ", shape.side);
  make_weights(executor_parameters(config, shape), seed);
}

BoardScene ExecutorModel::scene_of(const GridBatch& batch) const {
  std::vector<std::int64_t> indicated;
  for (std::size_t i = 0; i < batch.study_roles.size(); ++i) {
    if ((batch.study_roles[i] & kIndicatorRole) != 0)
      indicated.push_back(static_cast<std::int64_t>(i));
  }
  return board_tokens().scene(batch.study, indicated);
}

torch::Tensor ExecutorModel::boards_of(const torch::Tensor& grids) const {
  return given_boards(grids.transpose(0, 1), board_)
      .view({grids.size(1), grids.size(0), board_.patches(), -1});
}

GridBatch ExecutorModel::told(const GridBatch& batch) const {
  if (config().sections == "told") return batch;
  const torch::NoGradGuard guard;
  GridBatch sorted = batch;
  sorted.study_roles = sections_of(batch);
  const torch::Tensor scores =
      SectionSorter(config(), board_, table()).scores(batch.study);  // [B, S, 6]
  const torch::Tensor order = pairs_by_section(scores, sorted.study_roles);
  sorted.study = batch.study.gather(
      1, order.view({order.size(0), order.size(1), 1, 1, 1}).expand_as(batch.study));
  // A pair that is asked is wherever it was found to be: a query of the rules that the caller says.
  for (QueryKind& kind : sorted.kinds) kind.study = -1;
  return sorted;
}

ExecutorModel::Trail ExecutorModel::follow(const GridBatch& batch,
                                           const std::vector<QueryKind>& kinds) const {
  const ExecutorPlan plan = executor_plan(batch.study_roles, kinds, config().explain_away);
  const BoardScene scene = scene_of(batch);
  const torch::Tensor targets = boards_of(batch.study.select(2, 1));
  torch::Tensor given = boards_of(batch.study.select(2, 0));
  if (!plan.new_queries.empty()) {
    const std::vector<std::int64_t> rows(plan.new_queries.begin(), plan.new_queries.end());
    given = at::cat({given, take_rows(boards_of(batch.query_inputs), rows)});
  }
  Trail trail{plan, scene, given, BoardStore(first_states(given, scene)), {}};
  for (std::size_t turn = 0; turn < plan.turns.size(); ++turn) {
    if (plan.turns[turn].evidence.empty()) continue;
    const std::vector<int> pairs = trail.states.sorted(plan.turns[turn].evidence);
    const std::vector<int> items = trail.states.sorted(plan.turns[turn].execute);
    const LeftOut left = left_out(pairs, items, config().leave_out);
    const torch::Tensor tokens =
        pair_tokens(trail.states.gather(pairs), take_rows(targets, numbers(pairs)), scene);
    const RuleForItems rule = rule_of(tokens, turn, left);
    trail.rules[turn] = rule.all;
    if (items.empty()) continue;
    trail.states.replace(items, after_rule(trail.states.gather(items), rule.each, scene));
  }
  return trail;
}

std::array<InferredRule, 3> ExecutorModel::infer(const GridBatch& batch) const {
  return follow(batch, {}).rules;
}

std::pair<torch::Tensor, std::vector<std::int64_t>> ExecutorModel::answer(
    const GridBatch& batch) const {
  std::vector<QueryKind> kinds = batch.kinds;
  if (kinds.empty()) kinds.resize(static_cast<std::size_t>(batch.query_inputs.size(1)));
  const Trail trail = follow(batch, kinds);
  const std::vector<int> items = trail.states.sorted(trail.plan.answers);
  std::vector<std::int64_t> queries;
  queries.reserve(items.size());
  for (const int item : items)
    queries.push_back(std::ranges::find(trail.plan.answers, item) - trail.plan.answers.begin());
  const torch::Tensor states = trail.states.gather(trail.plan.answers);
  if (has_boards()) return {states, queries};
  const torch::Tensor given = take_rows(trail.given, numbers(items));
  return {read_out(states.flatten(0, 1), given, board_tokens().read(given, trail.scene)), queries};
}

torch::Tensor ExecutorModel::loss(const GridBatch& batch) {
  const bool says = says_sections(batch);
  const auto [boards, queries] = answer(says ? batch : told(batch));
  const torch::Tensor targets = take_rows(
      to_patches(batch.query_outputs.transpose(0, 1), config().patch)
          .view({batch.query_outputs.size(1), batch.query_outputs.size(0), board_.patches(), -1}),
      queries);  // [Q, B, T, P]
  const torch::Tensor weight = patch_weights({false, config().zero_patch_weight}, targets)
                                   .unsqueeze(-1)
                                   .repeat({1, 1, 1, targets.size(-1)});
  const torch::Tensor probability =
      boards.unflatten(-1, {-1, kColours}).gather(-1, targets.to(torch::kInt64).unsqueeze(-1));
  const torch::Tensor surprise = -(probability.squeeze(-1) + kProbabilityFloor).log();
  torch::Tensor loss = weighted_mean(surprise, weight);
  if (config().sections == "told" || !says) return loss;
  // Training is told the sections, so that it can say them later.
  return loss + section_loss(SectionSorter(config(), board_, table()).scores(batch.study),
                             batch.study_roles);
}

GridAnswers ExecutorModel::most_probable(const torch::Tensor& boards) const {
  const auto [probability, colours] = boards.unflatten(-1, {-1, kColours}).max(-1);  // [Q, B, T, P]
  const torch::Tensor grids =
      from_patches(colours.to(torch::kUInt8).flatten(0, 1), shape().side, config().patch)
          .view({boards.size(0), boards.size(1), shape().side, shape().side});
  const torch::Tensor log_probability =
      (probability + kProbabilityFloor).log().sum(std::vector<std::int64_t>{-1, -2});
  return {grids.transpose(0, 1).contiguous(), log_probability.t().contiguous()};
}

GridAnswers ExecutorModel::predict(const GridBatch& batch) {
  const torch::NoGradGuard guard;
  const auto [boards, queries] = answer(told(batch));
  std::vector<std::int64_t> back(queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i)
    back[static_cast<std::size_t>(queries[i])] = static_cast<std::int64_t>(i);
  return most_probable(take_rows(boards, back));
}

std::shared_ptr<Model> make_executor_model(const ModelConfig& config,
                                           const TaskShape& shape,
                                           std::uint64_t seed) {
  return std::make_shared<ExecutorModel>(config, shape, seed);
}

}  // namespace recombine
