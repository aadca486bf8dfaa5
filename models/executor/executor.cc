#include "models/executor/executor.h"

#include <algorithm>
#include <utility>

#include "data/error.h"
#include "models/executor/order_finder.h"
#include "models/executor/searched_answers.h"
#include "models/executor/section_search.h"
#include "models/executor/windowed_answers.h"
#include "models/layers/patches.h"
#include "models/layers/rows.h"

namespace recombine {
namespace {

std::vector<std::int64_t> row_numbers(const std::vector<int>& items) {
  return {items.begin(), items.end()};
}

bool says_sections(const GridBatch& batch) {
  return std::ranges::find(batch.study_roles, kUnknownRoles) == batch.study_roles.end();
}

/// Whether every pair shows all rules: then there is no section to find.
bool shows_all_rules(const GridBatch& batch) {
  return !batch.study_roles.empty() &&
         std::ranges::all_of(batch.study_roles, [](Roles roles) { return roles == kAllRoles; });
}

/// Whether some pair shows a rule beyond the usual three: those are told.
bool has_more_rules(const GridBatch& batch) {
  return std::ranges::any_of(batch.study_roles, [](Roles roles) { return roles > kAllRoles; });
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
  require(config().state != "both", "--model.state both: the model executor has board and latent");
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

EpisodeIndicator ExecutorModel::indicators_of(const GridBatch& batch, Roles roles) const {
  std::vector<std::vector<std::int64_t>> indicated;
  for (std::size_t role = kFirstIndicatorRole; role < kMaxRoles; ++role) {
    if (!has_role(roles, role) && (has_indicator(roles) || role != kFirstIndicatorRole)) continue;
    std::vector<std::int64_t>& pairs = indicated.emplace_back();
    for (std::size_t pair = 0; pair < batch.study_roles.size(); ++pair) {
      if (has_role(batch.study_roles[pair], role)) pairs.push_back(static_cast<std::int64_t>(pair));
    }
  }
  return find_indicator_.together(batch.study, indicated);
}

torch::Tensor ExecutorModel::soft_grids_of(const torch::Tensor& grids) const {
  const GridShape shape{.side = grids.size(-1), .patch = grid_.patch};
  return given_soft_grids(grids.transpose(0, 1), shape.patch)
      .view({grids.size(1), grids.size(0), shape.patches(), -1});
}

GridBatch ExecutorModel::with_sections_sorted(const GridBatch& batch) const {
  if (config().sections == "searched" && batch.study.size(0) == 1)
    return with_sections_told(*this, batch);
  if (!sorter_ || shows_all_rules(batch) || has_more_rules(batch)) return batch;
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
                                      const std::vector<QueryKind>& kinds,
                                      const AnsweringWay& way) const {
  const ExecutorPlan plan =
      plan_in_order(batch.study_roles, kinds, plan_rules(config(), way.learns), way.order);
  const EpisodeIndicator indicator = indicator_of(batch);
  const torch::Tensor targets = soft_grids_of(batch.study.select(2, 1));
  torch::Tensor given = soft_grids_of(batch.study.select(2, 0));
  if (!plan.new_queries.empty()) {
    const std::vector<std::int64_t> rows(plan.new_queries.begin(), plan.new_queries.end());
    given = at::cat({given, take_rows(soft_grids_of(batch.query_inputs), rows)});
  }
  if (!plan.has_an_item_a_grid(batch.study_roles.size()))
    given = take_rows(given, row_numbers(plan.grids));
  Run run{.plan = plan,
          .indicator = indicator,
          .given = given,
          .states = StateStore(execution_.first_states(given, indicator)),
          .units = {}};
  for (const RuleTurn& turn : plan.turns) {
    InferredUnit& unit = run.units.emplace_back();
    unit.unit = turn.unit;
    if (turn.evidence.empty()) continue;
    const std::vector<int> pairs = run.states.sorted(turn.evidence);
    const std::vector<int> items = run.states.sorted(turn.execute);
    const std::vector<int> grids = plan.grids_of(pairs);
    const LeftOut left = left_out(grids, plan.grids_of(items), way.leave_out);
    const RuleForItems rule =
        infer_rule_(run.states.gather(pairs), take_rows(targets, row_numbers(grids)), indicator,
                    turn.unit, left);
    unit.rule = rule.all;
    if (items.empty()) continue;
    run.states.replace(items,
                       execution_.after_rule(run.states.gather(items), rule.each, indicator));
  }
  return run;
}

std::vector<InferredUnit> ExecutorModel::infer(const GridBatch& batch,
                                               const RuleOrder& order) const {
  AnsweringWay way = usual_way(false);
  way.order = order;
  const Run done = run(batch, {}, way);
  std::vector<InferredUnit> chain;
  for (const InferredUnit& unit : done.units) {
    if (std::ranges::find(done.plan.chain, unit.unit) != done.plan.chain.end())
      chain.push_back(unit);
  }
  return chain;
}

std::pair<torch::Tensor, std::vector<std::int64_t>> ExecutorModel::answer(
    const GridBatch& batch, const AnsweringWay& way) const {
  std::vector<QueryKind> kinds = batch.kinds;
  if (kinds.empty()) kinds.resize(static_cast<std::size_t>(batch.query_inputs.size(1)));
  const Run done = run(batch, kinds, way);
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
  const auto [soft_grids, queries] =
      answer(says ? batch : with_sections_sorted(batch), usual_way(true));
  const torch::Tensor targets = take_rows(
      to_patches(batch.query_outputs.transpose(0, 1), config().patch)
          .view({batch.query_outputs.size(1), batch.query_outputs.size(0), soft_grids.size(2), -1}),
      queries);  // [Q, B, G, P]
  torch::Tensor loss = soft_grid_loss(soft_grids, targets, config().zero_patch_weight);
  if (!sorter_ || !says || shows_all_rules(batch)) return loss;
  // Training is told the sections, so that it can say them later.
  return loss + section_loss(sorter_->scores(batch.study), batch.study_roles);
}

GridAnswers ExecutorModel::most_probable(const torch::Tensor& soft_grids) const {
  const auto [grids, log_probability] = most_probable_grids(soft_grids, grid_.patch);  // [Q B, ...]
  return {.grids = grids.unflatten(0, {soft_grids.size(0), -1}).transpose(0, 1).contiguous(),
          .log_probability = log_probability.t().contiguous()};
}

GridAnswers ExecutorModel::predict(const GridBatch& batch) {
  const torch::NoGradGuard guard;
  const bool in_windows = has_library() && config().places == "absolute";
  // Sections are searched in windows, and sorted on whole grids.
  if (in_windows) return windowed_answers(*this, sorter_ ? with_sections_sorted(batch) : batch);
  const GridBatch sorted = with_sections_sorted(batch);
  if (has_library()) return most_probable(searched_answers(*this, sorted));
  return most_probable(finds_orders() ? find_orders(*this, sorted).soft_grids
                                      : soft_answers(sorted, usual_way(false)));
}

torch::Tensor ExecutorModel::soft_answers(const GridBatch& batch, const AnsweringWay& way) const {
  const auto [soft_grids, queries] = answer(batch, way);
  std::vector<std::int64_t> back(queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i)
    back[static_cast<std::size_t>(queries[i])] = static_cast<std::int64_t>(i);
  return take_rows(soft_grids, back);
}

RuleOrder ExecutorModel::order_of(const GridBatch& batch) const {
  if (!finds_orders()) return kUsualOrder;
  require(batch.study.size(0) == 1,
          "--model.order found: episodes are followed one by one, for each has its own order");
  return rule_orders().at(
      static_cast<std::size_t>(find_orders(*this, batch).orders[0].item<std::int64_t>()));
}

std::vector<Roles> ExecutorModel::found_sections(const GridBatch& batch) const {
  if (says_sections(batch) || (!sorter_ && config().sections != "searched")) return {};
  const torch::NoGradGuard guard;
  std::vector<Roles> sections = with_sections_sorted(batch).study_roles;
  if (!sorter_) return sections;
  const torch::Tensor pairs = pairs_by_section(sorter_->scores(batch.study), sections);  // [1, S]
  std::vector<Roles> as_given(sections.size());
  for (std::size_t place = 0; place < sections.size(); ++place) {
    const auto pair = pairs[0][static_cast<std::int64_t>(place)].item<std::int64_t>();
    as_given[static_cast<std::size_t>(pair)] = sections[place];
  }
  return as_given;
}

std::vector<AfterRule> ExecutorModel::follow_rules(const GridBatch& given) const {
  require(has_grids_between(), "the model has no grids between the rules: nothing to trace");
  require(reads_whole(given.study.size(-1)), "the model answers grids of side ",
          given.study.size(-1), " in windows of ", shape().side,
          " cells, which cannot be followed; trace episodes of side ", shape().side);
  const torch::NoGradGuard guard;
  const GridBatch batch = with_sections_sorted(given);
  const std::vector<InferredUnit> units =
      has_library() ? found_units(*this, batch) : infer(batch, order_of(batch));
  const EpisodeIndicator indicator = indicator_of(batch);
  torch::Tensor soft_grids = soft_grids_of(batch.query_inputs);
  std::vector<AfterRule> after;
  for (const auto& [unit, rule] : units) {
    if (!rule.defined()) break;
    AfterRule& next = after.emplace_back();
    next.unit = unit;
    if (execution_.has_pointers())
      next.copied = execution_.copied_cells(soft_grids, rule, indicator).transpose(0, 1);
    if (has_vectors()) next.vectors = rule.vectors[0];
    soft_grids = execution_.execute(soft_grids, rule, indicator);
    next.grids = most_probable(soft_grids).grids;
  }
  return after;
}

}  // namespace recombine
