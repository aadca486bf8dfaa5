// Memory without rules: the answer to the most similar question.

#include <algorithm>

#include "eval/baselines/baseline.h"

namespace recombine {
namespace {

/// Cells that differ; grids of different sides differ in all.
std::size_t distance(const Grid& a, const Grid& b) {
  if (a.side() != b.side()) return a.cells().size() + b.cells().size();
  std::size_t differing = 0;
  for (std::size_t i = 0; i < a.cells().size(); ++i)
    differing += a.cells()[i] != b.cells()[i] ? 1 : 0;
  return differing;
}

}  // namespace

Answers nearest_study(const Task& task) {
  Answers answers;
  for (const Grid& input : task.inputs) {
    // The first of the nearest: min_element keeps the order of the study pairs.
    const auto nearest = std::ranges::min_element(
        task.study, {}, [&](const Example& example) { return distance(example.input, input); });
    answers.push_back(nearest == task.study.end() ? std::nullopt : std::optional(nearest->output));
  }
  return answers;
}

}  // namespace recombine
