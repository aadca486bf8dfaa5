#include "generator/grids/solver/bystanders.h"

#include <utility>

#include "generator/grids/rules/bystanders.h"

namespace recombine {
namespace {

std::vector<Example> plain_pairs(std::span<const Example> study, Colour colour) {
  std::vector<Example> plain;
  plain.reserve(study.size());
  for (const Example& example : study) plain.push_back(without_bystanders(example, colour));
  return plain;
}

std::vector<Hypothesis> solve_plainly(std::span<const Example> study,
                                      std::span<const Grid> asked,
                                      const RuleSpace& space) {
  return asked.empty() ? solve(study, space) : solve(study, asked, space);
}

}  // namespace

std::vector<Hypothesis> solve_beside_bystanders(std::span<const Example> study,
                                                std::span<const Grid> asked,
                                                const RuleSpace& space) {
  RuleSpace plain = space;
  plain.bystanders = false;
  std::vector<Hypothesis> hypotheses;
  for (const Colour colour : possible_bystanders(study)) {
    std::vector<Grid> inputs;
    for (const Grid& grid : asked) inputs.push_back(without_colour(grid, colour));
    for (Hypothesis& found : solve_plainly(plain_pairs(study, colour), inputs, plain)) {
      found.bystanders = colour;
      hypotheses.push_back(std::move(found));
    }
  }
  return hypotheses.empty() ? solve_plainly(study, asked, plain) : hypotheses;
}

Determination determine_beside_bystanders(const Episode& episode, const RuleSpace& space) {
  RuleSpace plain = space;
  plain.bystanders = false;
  for (const Colour colour : possible_bystanders(episode.study)) {
    const Determination found = determine(without_bystanders(episode, colour), plain);
    if (found.programs > 0) return found;
  }
  return determine(episode, plain);
}

}  // namespace recombine
