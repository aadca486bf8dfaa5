#include "eval/evaluation.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/factors.h"
#include "eval/grid_scores.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// The figures of an episode, in this order, as its cluster counts them.
enum Figure : std::size_t { kExact, kColour, kShape, kExactOfValid, kFigures };

using Cluster = std::vector<Count>;

GroupScores group_scores(std::span<const Cluster> clusters,
                         const std::vector<Interval>& intervals) {
  GroupScores scores;
  for (const Cluster& cluster : clusters) scores.planned += cluster[kExact].of;
  scores.exact = intervals.at(kExact);
  scores.colour = intervals.at(kColour);
  scores.shape = intervals.at(kShape);
  return scores;
}

/// A split's scores while they are being counted, an episode at a time.
class Tally {
 public:
  explicit Tally(const EvaluateConfig& config) : config_(config) {}

  void add(const Episode& episode, const AnswerBook& book) {
    const int planned = book.planned_queries(episode);
    if (planned == 0) return;
    Cluster cluster(kFigures);
    for (int query = 0; query < planned; ++query) {
      add_query(episode.queries[static_cast<std::size_t>(query)], book.find(episode.id, query),
                cluster);
    }
    for (const Factor& factor : grid_factors()) {
      if (!factor.in_reports) continue;
      for (const std::string& value : factor.values(episode)) {
        groups_[std::string(factor.name)][value].push_back(cluster);
      }
    }
    clusters_.push_back(std::move(cluster));
  }

  SplitScores finish() {
    if (clusters_.empty()) return scores_;
    const auto intervals = intervals_of(clusters_);
    scores_.all = group_scores(clusters_, intervals);
    scores_.exact_of_valid = intervals.at(kExactOfValid);
    const auto count = static_cast<double>(clusters_.size());
    for (const Cluster& cluster : clusters_) {
      scores_.episode_mean.exact += cluster[kExact].share();
      scores_.episode_mean.colour += cluster[kColour].share();
      scores_.episode_mean.shape += cluster[kShape].share();
    }
    scores_.episode_mean.exact /= count;
    scores_.episode_mean.colour /= count;
    scores_.episode_mean.shape /= count;
    for (const Factor& factor : grid_factors()) {
      if (factor.in_reports)
        scores_.by.emplace_back(factor.name, finish_groups(std::string(factor.name)));
    }
    return scores_;
  }

 private:
  void add_query(const Example& query, const Prediction* answer, Cluster& cluster) {
    GridScore score;
    const bool valid = answer != nullptr && answer->output && answer->invalid.empty();
    if (valid) {
      score = score_grid(*answer->output, query.output);
      ++scores_.answered;
    } else if (answer == nullptr) {
      ++scores_.missing;
    } else {
      ++scores_.invalid;
      ++scores_.invalid_reasons[answer->invalid.empty() ? "no output" : answer->invalid];
    }
    ++scores_.planned;
    const auto count = [&](Figure figure, bool right, bool counts) {
      cluster[figure].right += right ? 1 : 0;
      cluster[figure].of += counts ? 1 : 0;
    };
    count(kExact, score.exact, true);
    count(kColour, score.colour, true);
    count(kShape, score.shape, true);
    count(kExactOfValid, score.exact, valid);
  }

  Groups finish_groups(const std::string& factor) const {
    Groups groups;
    for (const auto& [value, clusters] : groups_.at(factor)) {
      groups.emplace_back(value, group_scores(clusters, intervals_of(clusters)));
    }
    return groups;
  }

  std::vector<Interval> intervals_of(std::span<const Cluster> clusters) const {
    return cluster_intervals(clusters, config_.seed, config_.resamples);
  }

  EvaluateConfig config_;
  SplitScores scores_;
  std::vector<Cluster> clusters_;
  std::map<std::string, std::map<std::string, std::vector<Cluster>>> groups_;
};

Report& report_for(std::vector<Report>& reports, const Predictor& predictor) {
  for (Report& report : reports) {
    if (to_json(report.predictor) == to_json(predictor)) return report;
  }
  reports.push_back({predictor, "grids", {}});
  return reports.back();
}

}  // namespace

void require_answers_to(const EpisodeSet& data, const AnswerBook& book) {
  require_data(book.meta().data_digest == data.manifest().digest, book.file(),
               ": answers another data set (", book.meta().data_digest, ") than ",
               data.folder().string(), " (", data.manifest().digest, "); predict on this one");
}

SplitScores evaluate(const EpisodeSet& data,
                     const AnswerBook& book,
                     const EvaluateConfig& config,
                     const OnEpisode& on_episode) {
  require_answers_to(data, book);
  book.check_against(data);
  Tally tally(config);
  std::size_t done = 0;
  for (const Episode& episode : data) {
    tally.add(episode, book);
    if (on_episode) on_episode(++done);
  }
  SplitScores scores = tally.finish();
  scores.data_digest = data.manifest().digest;
  return scores;
}

std::vector<Report> evaluate_all(const fs::path& folder,
                                 std::span<const AnswerBook> books,
                                 const EvaluateConfig& config,
                                 const OnEpisode& on_episode) {
  const std::vector<std::string> names = data_set_names(folder);
  std::vector<Report> reports;
  for (const AnswerBook& book : books) {
    const auto name = std::ranges::find_if(names, [&](const std::string& candidate) {
      return read_manifest(folder / candidate).digest == book.meta().data_digest;
    });
    require_data(name != names.end(), book.file(), ": answers another data set (",
                 book.meta().data_digest, ") than those in ", folder.string(),
                 "; predict on one of them");
    const std::string split = split_name(folder, *name);
    Report& report = report_for(reports, book.meta().predictor);
    for (const auto& [known, scores] : report.splits) {
      require_data(known != split, book.file(), ": ", report.predictor.name, " answers ", split,
                   " in another file already; give one file a split");
    }
    report.splits.emplace_back(split,
                               evaluate(EpisodeSet(folder / *name), book, config, on_episode));
  }
  return reports;
}

std::string split_name(const fs::path& folder, const std::string& name) {
  if (!name.empty()) return name;
  const fs::path whole = fs::weakly_canonical(folder);
  return whole.has_filename() ? whole.filename().string() : whole.parent_path().filename().string();
}

std::vector<WrongAnswer> wrong_answers(const EpisodeSet& data, const AnswerBook& book, int limit) {
  std::vector<WrongAnswer> wrong;
  for (std::size_t index = 0; index < data.size() && std::cmp_less(wrong.size(), limit); ++index) {
    const Episode episode = data[index];
    for (int query = 0; query < book.planned_queries(episode); ++query) {
      const Prediction* answer = book.find(episode.id, query);
      const Grid& truth = episode.queries[static_cast<std::size_t>(query)].output;
      if (answer != nullptr && answer->output && *answer->output == truth) continue;
      wrong.push_back({index, query});
      break;
    }
  }
  return wrong;
}

}  // namespace recombine
