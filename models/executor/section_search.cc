#include "models/executor/section_search.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "data/error.h"
#include "models/executor/study_runs.h"

namespace recombine {
namespace {

using torch::Tensor;

/// Of each study pair [S] whether it shows the indicator: whether it has all the cells that most
/// pairs have in both grids.
std::vector<bool> shows_indicator(const Tensor& study) {
  const Tensor grids = study[0];                       // [S, 2, N, N]
  const Tensor input = grids.select(1, 0).flatten(1);  // [S, N^2]
  const Tensor kept = input.eq(grids.select(1, 1).flatten(1)).logical_and(input.ne(0));
  const Tensor colours = at::where(kept, input, at::zeros_like(input)).to(torch::kInt64);
  const Tensor counts = at::zeros({colours.size(1), 256}, colours.options())
                            .scatter_add(1, colours.t(), at::ones_like(colours.t()));
  const auto [most, colour] = counts.slice(1, 1).max(1);  // [N^2], of what is no background
  const Tensor common = most.eq(most.max());
  const Tensor has = colours.eq(colour + 1).logical_or(common.logical_not()).all(1).cpu();
  std::vector<bool> shows;
  for (std::int64_t pair = 0; pair < has.size(0); ++pair) shows.push_back(has[pair].item<bool>());
  return shows;
}

/// Log-probability of the output of each pair: [K] by one rule, [K, K] by one and then another.
struct PairTables {
  std::vector<Tensor> one, two;
};

/// What a pair may show: those sections whose rules the indicator does not rule out.
std::vector<Roles> possible_sections(bool indicated) {
  std::vector<Roles> sections;
  for (const Roles section : kStudySections) {
    if (has_indicator(section) == indicated) sections.push_back(section);
  }
  return sections;
}

using Order = std::vector<std::size_t>;

/// Log-probability of a pair as one of a section, for each chain: a dimension a role, of size K
/// or 1.
Tensor of_section(const PairTables& tables, std::size_t pair, Roles section, const Order& order) {
  std::vector<std::size_t> roles;  // in the order of application
  for (const std::size_t role : order) {
    if (has_role(section, role)) roles.push_back(role);
  }
  const std::int64_t count = tables.one[pair].size(0);
  std::vector<std::int64_t> shape(kUsualRoles, 1);
  for (const std::size_t role : roles) shape[role] = count;
  if (roles.size() == 1) return tables.one[pair].view(shape);
  const Tensor& two = tables.two[pair];
  return (roles[0] < roles[1] ? two : two.t().contiguous()).view(shape);
}

/// Sections by one order, and how likely the outputs are by it.
struct FoundSections {
  std::vector<Roles> sections;
  double log_probability = 0;
};

FoundSections sections_in(const PairTables& tables,
                          const std::vector<bool>& indicated,
                          const Order& order) {
  Tensor sum;
  for (std::size_t pair = 0; pair < indicated.size(); ++pair) {
    Tensor best;
    for (const Roles section : possible_sections(indicated[pair])) {
      const Tensor own = of_section(tables, pair, section, order);
      best = best.defined() ? at::maximum(best, own) : own;
    }
    sum = sum.defined() ? sum + best : best;
  }
  const auto chain = sum.flatten().argmax().item<std::int64_t>();
  FoundSections found{.sections = {}, .log_probability = sum.flatten()[chain].item<double>()};
  for (std::size_t pair = 0; pair < indicated.size(); ++pair) {
    const std::vector<Roles> sections = possible_sections(indicated[pair]);
    const auto likely = [&](Roles section) {
      return of_section(tables, pair, section, order)
          .expand_as(sum)
          .flatten()[chain]
          .item<double>();
    };
    found.sections.push_back(*std::ranges::max_element(sections, {}, likely));
  }
  return found;
}

}  // namespace

std::vector<std::vector<std::size_t>> answered_orders(const ExecutorModel& model,
                                                      std::size_t roles) {
  Order order(roles);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<Order> all{order};
  while (model.finds_orders() && std::ranges::next_permutation(order).found) all.push_back(order);
  return all;
}

std::vector<Roles> searched_sections(const ExecutorModel& model, const GridBatch& batch) {
  const torch::NoGradGuard guard;
  const std::vector<bool> indicated = shows_indicator(batch.study);
  GridBatch half_told = batch;
  half_told.study_roles.clear();
  for (const bool shows : indicated)
    half_told.study_roles.push_back(shows ? kIndicatorRole : kUnknownRoles);
  const StudyRuns runs(model, half_told);
  const Tensor& library = model.library();
  PairTables tables;
  for (int pair = 0; pair < static_cast<int>(indicated.size()); ++pair) {
    tables.one.push_back(runs.likelihood(pair, runs.run_all(pair, {library})));
    const Tensor two = runs.likelihood(pair, runs.run_all(pair, {library, library}));
    tables.two.push_back(two.view({library.size(0), library.size(0)}));
  }
  FoundSections best;
  for (const Order& order : answered_orders(model, kUsualRoles)) {
    FoundSections found = sections_in(tables, indicated, order);
    if (!best.sections.empty()) found.log_probability -= kUnusualOrder;
    if (best.sections.empty() || found.log_probability > best.log_probability)
      best = std::move(found);
  }
  return best.sections;
}

GridBatch with_sections_told(const ExecutorModel& model, GridBatch episode) {
  const bool told =
      !episode.study_roles.empty() &&
      std::ranges::find(episode.study_roles, kUnknownRoles) == episode.study_roles.end();
  require(episode.study.size(1) > 0, "the model executor needs study pairs, and the data has none");
  require(told || model.config().sections == "searched",
          "the model executor is told the sections of study pairs, and the data does not say them; "
          "convert --library --sections searched makes one that finds them");
  if (!told) episode.study_roles = searched_sections(model, episode);
  return episode;
}

}  // namespace recombine
