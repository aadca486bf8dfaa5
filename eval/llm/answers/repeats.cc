#include "eval/llm/answers/repeats.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "data/error.h"

namespace recombine {
namespace {

/// The answers of the best state, in their order.
RequestAnswers best_of(const RequestAnswers& answers) {
  RequestAnswers best;
  const auto state = (*std::ranges::min_element(answers, {}, &Response::state))->state;
  std::ranges::copy_if(answers, std::back_inserter(best),
                       [&](const Response* answer) { return answer->state == state; });
  return best;
}

const Response* voted(const RequestAnswers& answers, const ReadVote& vote) {
  std::map<std::string, RequestAnswers> votes;
  for (const Response* answer : answers) votes[vote(*answer)].push_back(answer);
  if (votes.size() > 1) votes.erase("");
  const auto more = [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); };
  const std::size_t most = std::ranges::max_element(votes, more)->second.size();
  const Response* chosen = nullptr;
  for (const auto& [text, voters] : votes) {
    if (voters.size() < most) continue;
    const Response* first = *std::ranges::min_element(voters, {}, &Response::text);
    if (chosen == nullptr || first->text < chosen->text) chosen = first;
  }
  return chosen;
}

}  // namespace

Repeats find_repeats(std::string_view name) {
  const auto found = std::ranges::find(kRepeatsNames, name);
  require(found != kRepeatsNames.end(), "--repeats ", name,
          ": must be first, last, majority or all");
  return static_cast<Repeats>(found - kRepeatsNames.begin());
}

const Response* chosen_answer(const RequestAnswers& answers,
                              Repeats repeats,
                              const ReadVote& vote) {
  if (answers.empty()) return nullptr;
  const RequestAnswers best = best_of(answers);
  if (repeats == Repeats::kLast) return best.back();
  if (repeats == Repeats::kMajority && best.size() > 1) return voted(best, vote);
  return best.front();
}

}  // namespace recombine
