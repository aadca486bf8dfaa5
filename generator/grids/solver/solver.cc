#include "generator/grids/solver/solver.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "data/triggers.h"
#include "generator/grids/rules/bystanders.h"
#include "generator/grids/solver/bystanders.h"
#include "generator/grids/solver/hidden_sections.h"
#include "generator/grids/solver/programs.h"
#include "generator/grids/solver/reading.h"

namespace recombine {
namespace {

std::vector<Grid> inputs_of(const std::vector<Example>& examples) {
  std::vector<Grid> inputs;
  inputs.reserve(examples.size());
  for (const Example& example : examples) inputs.push_back(example.input);
  return inputs;
}

/// All combinations of one element of each list, the last varying first.
std::vector<ShownIndicators> combinations_of(const std::vector<std::vector<Object>>& lists) {
  std::vector<ShownIndicators> combinations = {{}};
  for (const std::vector<Object>& list : lists) {
    std::vector<ShownIndicators> longer;
    for (const ShownIndicators& chosen : combinations) {
      for (const Object& object : list) {
        longer.push_back(chosen);
        longer.back().push_back(object);
      }
    }
    combinations = std::move(longer);
  }
  return combinations;
}

/// The indicators that a hypothesis allows in a query of these roles: its own, or any piece where
/// none was shown.
std::vector<ShownIndicators> indicators_in(const Hypothesis& hypothesis,
                                           const Grid& input,
                                           Roles roles) {
  std::vector<std::vector<Object>> allowed;
  for (const Object& indicator : present(hypothesis.indicators, roles))
    allowed.push_back(indicator.cells.empty() ? pieces(input) : std::vector<Object>{indicator});
  return combinations_of(allowed);
}

std::vector<Object> possible_indicators_of(std::span<const Example> study, std::size_t role) {
  std::vector<Object> candidates = {Object{}};
  bool first = true;
  for (const Example& example : study) {
    if (!has_role(example.roles, role)) continue;
    if (first) candidates = pieces(example.input);
    first = false;
    std::erase_if(candidates, [&](const Object& piece) { return !shows_piece(example, piece); });
  }
  return candidates;
}

/// What the program makes of an input without bystanders; nothing where it cannot be applied.
std::optional<Grid> output_of(const Hypothesis& hypothesis,
                              Roles in_force,
                              const Grid& input,
                              const ShownIndicators& indicators) {
  const std::optional<Object> object = object_beside(input, indicators);
  if (!object) return std::nullopt;
  const auto result = run_program(hypothesis.program, in_force, *object, input.side());
  if (!result) return std::nullopt;
  Grid output(input.side());
  paint(output, *result);
  for (const Object& indicator : indicators) paint(output, indicator);
  return output;
}

void count_answer(std::vector<Answer>& answers, Grid output) {
  const auto same = std::ranges::find(answers, output, &Answer::output);
  if (same != answers.end()) {
    ++same->hypotheses;
  } else {
    answers.push_back({std::move(output), 1});
  }
}

}  // namespace

std::size_t roles_of(std::span<const Example> pairs) {
  unsigned all = kAllRoles;
  for (const Example& pair : pairs) all |= pair.roles;
  return static_cast<std::size_t>(std::bit_width(all));
}

std::vector<ShownIndicators> possible_indicators(std::span<const Example> study) {
  std::vector<std::vector<Object>> candidates;
  for (std::size_t role = kFirstIndicatorRole; role < roles_of(study); ++role)
    candidates.push_back(possible_indicators_of(study, role));
  return combinations_of(candidates);
}

std::vector<Hypothesis> solve(std::span<const Example> study, const RuleSpace& space) {
  if (space.bystanders) return solve_beside_bystanders(study, {}, space);
  std::vector<Hypothesis> hypotheses;
  const int side = study.empty() ? kMaxSide : study.front().input.side();
  for (const ShownIndicators& indicators : possible_indicators(study)) {
    const auto pairs = read_pairs(study, indicators);
    if (!pairs) continue;
    for (const Program& program : find_programs(space, *pairs, side)) {
      hypotheses.push_back({program, indicators});
    }
  }
  return hypotheses;
}

std::vector<Hypothesis> solve(std::span<const Example> study,
                              std::span<const Grid> asked,
                              const RuleSpace& space) {
  if (!lacks_roles(study)) return solve(study, space);
  if (space.bystanders) return solve_beside_bystanders(study, asked, space);
  std::vector<Hypothesis> hypotheses;
  const std::vector<Triggers> possible = possible_triggers(study, asked);
  for (const Triggers& triggers : possible) {
    const auto found = solve(with_roles(study, triggers), space);
    hypotheses.insert(hypotheses.end(), found.begin(), found.end());
  }
  const bool says_some = std::ranges::any_of(
      study, [](const Example& example) { return example.roles != kUnknownRoles; });
  if (possible.empty() && says_some) return solve(study, space);
  return hypotheses;
}

std::vector<Answer> answer_query(std::span<const Hypothesis> hypotheses,
                                 const Grid& input,
                                 Roles roles) {
  std::vector<Answer> answers;
  for (const Hypothesis& hypothesis : hypotheses) {
    const Roles known = hypothesis.program.all_roles();
    const Roles in_force = roles == kUnknownRoles ? known : roles;
    if ((in_force & ~known) != 0) continue;
    const bool beside = hypothesis.bystanders != 0;
    const Grid plain = beside ? without_colour(input, hypothesis.bystanders) : Grid();
    const Grid& seen = beside ? plain : input;
    for (const ShownIndicators& indicators : indicators_in(hypothesis, seen, in_force)) {
      std::optional<Grid> output = output_of(hypothesis, in_force, seen, indicators);
      if (!output) continue;
      add_colour(*output, input, hypothesis.bystanders);
      count_answer(answers, std::move(*output));
    }
  }
  std::ranges::stable_sort(answers, std::ranges::greater{}, &Answer::hypotheses);
  return answers;
}

void Determination::add_query(const std::vector<Answer>& answers, const Grid& recorded) {
  ++queries;
  if (answers.size() == 1) ++determined;
  const auto place = std::ranges::find(answers, recorded, &Answer::output);
  if (place == answers.end()) return;
  ++explained;
  guessed += 1 / static_cast<double>(answers.size());
  if (place == answers.begin()) ++solved;
}

Determination determine(const Episode& episode, const RuleSpace& space) {
  if (space.bystanders) return determine_beside_bystanders(episode, space);
  if (space.hidden_sections) return determine_by_pictures(episode, space);
  const std::vector<Hypothesis> hypotheses =
      solve(episode.study, inputs_of(episode.queries), space);
  Determination result;
  std::vector<const Program*> programs;
  for (const Hypothesis& hypothesis : hypotheses) {
    // Those of one indicator differ already.
    const bool known = hypothesis.indicators != hypotheses.front().indicators &&
                       std::ranges::any_of(programs, [&](const Program* other) {
                         return *other == hypothesis.program;
                       });
    if (!known) programs.push_back(&hypothesis.program);
  }
  result.programs = static_cast<int>(programs.size());
  for (const Example& query : episode.queries) {
    result.add_query(answer_query(hypotheses, query.input, query.roles), query.output);
  }
  return result;
}

}  // namespace recombine
