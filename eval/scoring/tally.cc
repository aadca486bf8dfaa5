#include "eval/scoring/tally.h"

#include <utility>

namespace recombine {
namespace {

/// `sum` may have more places.
void add(std::vector<Count>& sum, const std::vector<Count>& counts) {
  for (std::size_t i = 0; i < counts.size(); ++i) sum[i] += counts[i];
}

/// The means over clusters of their shares.
std::vector<double> mean_shares(std::span<const std::vector<Count>> clusters, std::size_t figures) {
  std::vector<double> means(figures);
  for (const auto& cluster : clusters) {
    for (std::size_t i = 0; i < figures; ++i) means[i] += cluster[i].share();
  }
  for (double& mean : means) mean /= static_cast<double>(clusters.size());
  return means;
}

}  // namespace

Tally::Tally(Counting counting, const EvaluateConfig& config, std::string_view kind)
    : counting_(counting), config_(config) {
  if (config.published) published_.emplace(counting_.figures, kind);
  for (const std::string_view name : counting_.figures) scores_.all.figures.add(name, {});
}

void Tally::add_item(std::span<const QueryScore> queries) {
  if (published_) published_->add_item(queries);
  last_.assign(counting_.figures.size() + 1, {});
  last_errors_.clear();
  for (const QueryScore& query : queries) {
    const bool answered = query.state == QueryState::kAnswered;
    scores_.answered += answered ? 1 : 0;
    scores_.missing += query.state == QueryState::kMissing ? 1 : 0;
    if (query.state == QueryState::kInvalid) {
      ++scores_.invalid;
      ++scores_.invalid_reasons[query.invalid];
    }
    ++scores_.planned;
    if (!query.error.kind.empty()) {
      last_errors_.push_back(query.error.kind);
      ++errors_[std::string(query.error.kind)];
      count_changes(scores_.rule_confusion, query.error);
    }
    add(last_, query.counts);
    if (answered) last_.back() += query.counts.front();
  }
  add_to(clusters_);
}

void Tally::add_to_group(std::string_view factor, const std::string& value) {
  add_to(groups_[std::string(factor)][value]);
  for (const std::string_view error : last_errors_)
    ++group_errors_[std::string(factor)][value][std::string(error)];
}

void Tally::add_to(Clusters& clusters) const {
  if (counting_.clustered || clusters.empty()) {
    clusters.push_back(last_);
  } else {
    add(clusters.front(), last_);
  }
}

std::vector<Interval> Tally::intervals_of(const Clusters& clusters) const {
  if (counting_.clustered) return cluster_intervals(clusters, config_.seed, config_.resamples);
  std::vector<Interval> intervals;
  for (const Count& count : clusters.front()) intervals.push_back(wilson_interval(count));
  return intervals;
}

GroupScores Tally::scores_of(const Clusters& clusters) const {
  const auto intervals = intervals_of(clusters);
  Cluster sum(intervals.size());
  for (const Cluster& cluster : clusters) add(sum, cluster);
  GroupScores scores;
  scores.planned = sum.front().of;
  for (std::size_t i = 0; i < counting_.figures.size(); ++i) {
    if (sum[i].of > 0) scores.figures.add(counting_.figures[i], intervals[i]);
  }
  return scores;
}

SplitScores Tally::finish() const {
  SplitScores scores = scores_;
  if (clusters_.empty()) return scores;
  if (published_) scores.published = PublishedTally(*published_).finish();
  scores.all = scores_of(clusters_);
  scores.all.errors = errors_;
  scores.exact_of_valid = intervals_of(clusters_).back();
  if (!counting_.clustered) return scores;
  const auto means = mean_shares(clusters_, counting_.figures.size());
  for (std::size_t i = 0; i < means.size(); ++i)
    scores.episode_mean.emplace_back(counting_.figures[i], means[i]);
  return scores;
}

Groups Tally::groups(std::string_view factor) const {
  Groups groups;
  const auto found = groups_.find(factor);
  if (found == groups_.end()) return groups;
  const auto errors = group_errors_.find(factor);
  for (const auto& [value, clusters] : found->second) {
    groups.emplace_back(value, scores_of(clusters));
    if (errors == group_errors_.end() || !errors->second.contains(value)) continue;
    groups.back().second.errors = errors->second.at(value);
  }
  return groups;
}

}  // namespace recombine
