#include "generator/grids/solver/hidden_sections.h"

#include <algorithm>

#include "data/triggers.h"

namespace recombine {
namespace {

/// The hypotheses of an episode whose pairs do not say their roles, by what its queries suggest.
class PictureSolver {
 public:
  PictureSolver(const Episode& episode, const RuleSpace& space)
      : study_(episode.study), space_(space) {
    for (Example& example : study_) example.roles = kUnknownRoles;
  }

  std::vector<Hypothesis> hypotheses_for(const Grid& query) {
    std::vector<Hypothesis> all;
    for (const Triggers& triggers : possible_triggers(study_, {&query, 1})) {
      const std::vector<Hypothesis>& found = hypotheses_under(triggers);
      all.insert(all.end(), found.begin(), found.end());
    }
    return all;
  }

 private:
  const std::vector<Hypothesis>& hypotheses_under(const Triggers& triggers) {
    const auto known = std::ranges::find_if(solved_, [&](const Solved& one) {
      return one.triggers.shape == triggers.shape && one.triggers.colour == triggers.colour &&
             one.triggers.indicator == triggers.indicator;
    });
    if (known != solved_.end()) return known->hypotheses;
    solved_.push_back({triggers, solve(with_roles(study_, triggers), space_)});
    return solved_.back().hypotheses;
  }

  struct Solved {
    Triggers triggers;
    std::vector<Hypothesis> hypotheses;
  };

  std::vector<Example> study_;
  const RuleSpace& space_;
  std::vector<Solved> solved_;
};

}  // namespace

bool can_hide_sections(const Episode& episode) {
  return episode.grammar.rules.size() == kUsualRoles &&
         std::ranges::all_of(episode.queries, [](const Example& query) {
           return query.roles == kAllRoles || query.roles == kUnknownRoles;
         });
}

Determination determine_by_pictures(const Episode& episode, const RuleSpace& space) {
  PictureSolver solver(episode, space);
  Determination result;
  std::vector<Program> programs;
  for (const Example& query : episode.queries) {
    const std::vector<Hypothesis> hypotheses = solver.hypotheses_for(query.input);
    for (const Hypothesis& hypothesis : hypotheses) {
      if (std::ranges::find(programs, hypothesis.program) == programs.end())
        programs.push_back(hypothesis.program);
    }
    result.add_query(answer_query(hypotheses, query.input), query.output);
  }
  result.programs = static_cast<int>(programs.size());
  return result;
}

}  // namespace recombine
