#include "eval/scoring/twins.h"

#include <algorithm>

#include "data/error.h"
#include "data/storage/prediction.h"
#include "eval/errors/query_parts.h"
#include "generator/grids/search/twin.h"

namespace recombine {
namespace {

bool answers_with(const QueryScore& score, const Grid& grid) {
  return score.state == QueryState::kAnswered && score.answer != nullptr &&
         score.answer->output == grid;
}

}  // namespace

std::string twin_change(const Grammar& a, const Grammar& b) {
  std::string change = a.order == b.order ? "" : "order";
  for (std::size_t role = 0; role < std::min(a.rules.size(), b.rules.size()); ++role) {
    const Rule& one = a.rules[role];
    const Rule& other = b.rules[role];
    if (one == other) continue;
    if (!change.empty()) return "other";
    change = cat(role_key(role), one.type == other.type ? " parameter" : " type");
  }
  return change.empty() ? "other" : change;
}

void TwinTally::add_item(Episode&& episode, std::vector<QueryScore>&& answers) {
  const bool twins = last_ && twin_id(last_->episode.id) == episode.id;
  Answered now{std::move(episode), std::move(answers)};
  if (twins) add_pair(*last_, now);
  last_ = std::move(now);
}

void TwinTally::add_pair(const Answered& one, const Answered& other) {
  Count consistent;
  Count swapped;
  const std::size_t queries = std::min(one.answers.size(), other.answers.size());
  for (std::size_t query = 0; query < queries; ++query) {
    const Example& first = one.episode.queries[query];
    const Example& second = other.episode.queries[query];
    if (first.input != second.input || first.output == second.output) continue;
    const QueryScore& a = one.answers[query];
    const QueryScore& b = other.answers[query];
    const std::uint64_t right = (a.exact() ? 1U : 0U) + (b.exact() ? 1U : 0U);
    consistent += {right == 2 ? right : 0, right};
    swapped +=
        {(answers_with(a, second.output) ? 1U : 0U) + (answers_with(b, first.output) ? 1U : 0U), 2};
  }
  if (swapped.of == 0) return;
  pairs_.push_back({consistent, swapped});
  by_change_[twin_change(one.episode.grammar, other.episode.grammar)].push_back(pairs_.back());
}

TwinGroup TwinTally::group_of(const Pairs& pairs) const {
  TwinGroup group;
  group.pairs = pairs.size();
  for (const std::vector<Count>& pair : pairs) {
    group.queries += pair[1].of;
    group.right += pair[0].of;
    group.both_right += pair[0].right;
    group.twins_truth += pair[1].right;
  }
  const auto intervals = cluster_intervals(pairs, config_.seed, config_.resamples);
  group.consistent = intervals[0];
  group.answers_twins_truth = intervals[1];
  return group;
}

std::optional<TwinScores> TwinTally::finish() const {
  if (pairs_.empty()) return std::nullopt;
  TwinScores scores{group_of(pairs_), {}};
  for (const auto& [change, pairs] : by_change_)
    scores.by_change.emplace_back(change, group_of(pairs));
  return scores;
}

}  // namespace recombine
