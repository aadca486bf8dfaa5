#include "models/executor/section_search.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "data/error.h"
#include "models/executor/indicators.h"
#include "models/executor/study_runs.h"

namespace recombine {
namespace {

using torch::Tensor;

/// Log-probability of the output of each pair: [K] by one rule, [K, K] by one and then another.
struct PairTables {
  std::vector<Tensor> one, two;
};

PairTables pair_tables(const ExecutorModel& model, GridBatch episode, const Indicated& indicated) {
  episode.study_roles.clear();
  for (const bool shows : indicated)
    episode.study_roles.push_back(shows ? kIndicatorRole : kUnknownRoles);
  const StudyRuns runs(model, episode);
  const Tensor& library = model.library();
  PairTables tables;
  for (int pair = 0; pair < static_cast<int>(indicated.size()); ++pair) {
    tables.one.push_back(runs.likelihood(pair, runs.run_all(pair, {library})));
    const Tensor two = runs.likelihood(pair, runs.run_all(pair, {library, library}));
    tables.two.push_back(two.view({library.size(0), library.size(0)}));
  }
  return tables;
}

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

/// Whether some pair but this one shows each of its rules.
bool can_spare(const std::vector<Roles>& sections, std::size_t pair, Roles instead) {
  unsigned others = instead;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (i != pair) others |= sections[i];
  }
  return (sections[pair] & ~others) == 0;
}

/// Gives each rule that no pair would show the pair for which that costs the least; where each pair
/// has to show another, all show all.
template <class Likely>
void show_every_rule(FoundSections& found, const Likely& likely) {
  for (std::size_t role = 0; role < kUsualRoles; ++role) {
    const auto shows = [role](Roles section) { return has_role(section, role); };
    if (std::ranges::any_of(found.sections, shows)) continue;
    std::size_t cheapest = found.sections.size();
    Roles changed = kUnknownRoles;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t pair = 0; pair < found.sections.size(); ++pair) {
      for (const Roles section : kStudySections) {
        if (!shows(section) || !can_spare(found.sections, pair, section)) continue;
        const double cost = likely(pair, found.sections[pair]) - likely(pair, section);
        if (cost >= least) continue;
        least = cost;
        cheapest = pair;
        changed = section;
      }
    }
    if (cheapest == found.sections.size()) {
      found.sections.assign(found.sections.size(), kAllRoles);
      return;
    }
    found.sections[cheapest] = changed;
    found.log_probability -= least;
  }
}

FoundSections sections_in(const PairTables& tables,
                          const Indicated& indicated,
                          const Order& order) {
  const std::vector<std::int64_t> chains(kUsualRoles, tables.one.front().size(0));
  Tensor sum = torch::zeros(chains, tables.one.front().options());
  for (std::size_t pair = 0; pair < indicated.size(); ++pair) {
    Tensor best;
    for (const Roles section : possible_sections(indicated[pair])) {
      const Tensor own = of_section(tables, pair, section, order);
      best = best.defined() ? at::maximum(best, own) : own;
    }
    sum = sum + best;
  }
  const auto chain = sum.flatten().argmax().item<std::int64_t>();
  FoundSections found{.sections = {}, .log_probability = sum.flatten()[chain].item<double>()};
  const auto likely = [&](std::size_t pair, Roles section) {
    const Tensor own = of_section(tables, pair, section, order);
    return own.expand_as(sum).flatten()[chain].item<double>();
  };
  for (std::size_t pair = 0; pair < indicated.size(); ++pair) {
    const std::vector<Roles> sections = possible_sections(indicated[pair]);
    found.sections.push_back(*std::ranges::max_element(
        sections, {}, [&](Roles section) { return likely(pair, section); }));
  }
  show_every_rule(found, likely);
  return found;
}

}  // namespace

GridBatch episode_of(const GridBatch& batch, std::int64_t number) {
  GridBatch one = batch;
  one.study = batch.study.narrow(0, number, 1);
  one.query_inputs = batch.query_inputs.narrow(0, number, 1);
  one.query_outputs = Tensor{};
  return one;
}

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
  FoundSections best;
  const std::vector<Indicated> possible = possible_indicators(batch.study);
  // No study set has the indicator in all of its pairs but one of the whole composition.
  if (std::ranges::find(possible.front(), false) == possible.front().end()) {
    std::vector<Roles> all(possible.front().size(), kAllRoles);
    return all;
  }
  for (const Indicated& indicated : possible) {
    const PairTables tables = pair_tables(model, batch, indicated);
    for (const Order& order : answered_orders(model, kUsualRoles)) {
      FoundSections found = sections_in(tables, indicated, order);
      if (!std::ranges::is_sorted(order)) found.log_probability -= kUnusualOrder;
      if (best.sections.empty() || found.log_probability > best.log_probability)
        best = std::move(found);
    }
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
