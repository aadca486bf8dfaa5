// Right kind of answer, wrong rules: what is scored by luck inside the space of rules.

#include "data/random.h"
#include "eval/baselines/baseline.h"

namespace recombine {
namespace {

constexpr int kMostDraws = 100;

Program draw_program(const RuleSpace& rules, std::size_t roles, CounterRandom& random) {
  Program program;
  for (std::size_t role = 0; role < roles; ++role) {
    bool taken = true;
    while (taken) {
      program.steps.at(role) =
          rules.steps[random.below(static_cast<std::uint32_t>(rules.steps.size()))];
      taken = false;
      for (std::size_t other = 0; other < role; ++other) {
        taken = taken ||
                program.steps.at(other).transformation == program.steps.at(role).transformation;
      }
    }
  }
  return program;
}

}  // namespace

Answers random_rule(const Task& task) {
  const std::vector<ShownIndicators> indicators = possible_indicators(task.study);
  const std::size_t roles = roles_of(task.study);
  Answers answers;
  for (std::size_t query = 0; query < task.inputs.size(); ++query) {
    CounterRandom random(task.seed, task.item, Stream::kBaseline,
                         static_cast<std::uint32_t>(query));
    std::optional<Grid> answer;
    for (int draw = 0; draw < kMostDraws && !answer && !indicators.empty(); ++draw) {
      const Hypothesis guess = {draw_program(*task.rules, roles, random), indicators.front()};
      const auto given = answer_query({&guess, 1}, task.inputs[query], task.roles_of(query));
      if (!given.empty()) answer = given.front().output;
    }
    answers.push_back(answer);
  }
  return answers;
}

}  // namespace recombine
