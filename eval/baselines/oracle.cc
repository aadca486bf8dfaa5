// The ceiling: what follows from the study pairs.

#include "eval/baselines/baseline.h"

namespace recombine {

Answers oracle(const Task& task) {
  // Nothing follows from no pairs: what most programs answer would be a guess.
  if (task.study.empty()) return Answers(task.inputs.size());
  const std::vector<Hypothesis> hypotheses = solve(task.study, task.inputs, *task.rules);
  Answers answers;
  for (std::size_t query = 0; query < task.inputs.size(); ++query) {
    const std::vector<Answer> found =
        answer_query(hypotheses, task.inputs[query], task.roles_of(query));
    answers.push_back(found.empty() ? std::nullopt : std::optional(found.front().output));
  }
  return answers;
}

}  // namespace recombine
