#include "meta/validation/grid_validation.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "eval/scoring/grid_scores.h"
#include "meta/validation/gallery.h"
#include "meta/validation/grid_answers.h"

namespace recombine {
namespace {

/// Figures of several groups of episodes together: `episodes` of each, and its figures, of which
/// "queries" is one.
class GroupFigures {
 public:
  void add(const EpisodeTensors& episodes, const Scores& scores, double loss) {
    episodes_.push_back(static_cast<double>(episodes.size()));
    queries_.push_back(static_cast<double>(episodes.size() * episodes.shape.queries));
    scores_.push_back(scores);
    losses_.push_back(loss);
  }

  Scores scores() const {
    if (scores_.size() == 1) return scores_.front();
    Scores all = scores_.front();
    for (std::size_t figure = 0; figure < all.size(); ++figure) {
      std::vector<double> values;
      for (const Scores& each : scores_) values.push_back(each[figure].second);
      all[figure].second = all[figure].first == "queries"
                               ? std::accumulate(values.begin(), values.end(), 0.0)
                               : mean(values, queries_);
    }
    return all;
  }
  bool is_first() const { return scores_.size() == 1; }
  double loss() const { return losses_.size() == 1 ? losses_.front() : mean(losses_, episodes_); }

 private:
  static double mean(const std::vector<double>& values, const std::vector<double>& weights) {
    return std::inner_product(values.begin(), values.end(), weights.begin(), 0.0) /
           std::accumulate(weights.begin(), weights.end(), 0.0);
  }

  std::vector<double> episodes_, queries_, losses_;
  std::vector<Scores> scores_;
};

class GridValidation : public ValidationSet {
 public:
  GridValidation(std::string name, EpisodeGroups episodes, bool copies)
      : name_(std::move(name)), episodes_(std::move(episodes)), copies_(copies) {}

  const std::string& name() const override { return name_; }
  Validated validate(WorkerThreads& workers,
                     Replicas& replicas,
                     const AnswerWatch& watch) const override {
    GroupFigures own;
    GroupFigures copied;
    Png picture;
    for (const EpisodeTensors& group : episodes_.groups) {
      const GridAnswers answers = look(workers, replicas, group, watch, own);
      if (own.is_first()) picture = answer_gallery(name_, group, answers.grids);
      if (copies_ && group.shape.study > 0) look(workers, replicas, group.copies(), watch, copied);
    }
    Scores scores = own.scores();
    if (copies_) {
      for (const auto& [figure, value] : copied.scores()) {
        if (figure != "queries") scores.emplace_back("copy_" + figure, value);
      }
      scores.emplace_back("copy_loss", copied.loss());
    }
    scores.emplace_back("loss", own.loss());
    return {std::move(scores), std::move(picture)};
  }

 private:
  static GridAnswers look(WorkerThreads& workers,
                          Replicas& replicas,
                          const EpisodeTensors& episodes,
                          const AnswerWatch& watch,
                          GroupFigures& to) {
    GridAnswers answers =
        answer_episodes(workers, replicas, episodes, answering(Decoding::kForced), watch);
    to.add(episodes, score_answers(answers.grids, episodes),
           mean_loss(workers, replicas, episodes, watch));
    return answers;
  }

  std::string name_;
  EpisodeGroups episodes_;
  bool copies_;
};

}  // namespace

Scores score_answers(const torch::Tensor& grids, const EpisodeTensors& episodes) {
  const auto truths = episodes.queries.select(2, 1).to(torch::kCPU).contiguous();  // [M, Q, N, N]
  const std::int64_t queries = truths.size(0) * truths.size(1);
  double exact = 0;
  double colour = 0;
  double shape = 0;
  for (std::int64_t number = 0; number < queries; ++number) {
    const std::optional<Grid> answer = answer_at(grids, number);
    if (!answer) continue;
    const GridScore score = score_grid(*answer, grid_at(truths, number));
    exact += score.exact ? 1 : 0;
    colour += score.colour ? 1 : 0;
    shape += score.shape ? 1 : 0;
  }
  const auto count = static_cast<double>(queries);
  return {{"exact", exact / count},
          {"color", colour / count},
          {"shape", shape / count},
          {"queries", count}};
}

std::unique_ptr<ValidationSet> make_grid_validation(std::string name,
                                                    EpisodeGroups episodes,
                                                    bool copies) {
  const bool some = std::ranges::any_of(
      episodes.groups, [](const EpisodeTensors& group) { return group.shape.study > 0; });
  return std::make_unique<GridValidation>(std::move(name), std::move(episodes), copies && some);
}

std::unique_ptr<ValidationSet> make_grid_validation(std::string name,
                                                    EpisodeTensors episodes,
                                                    bool copies) {
  return make_grid_validation(std::move(name), one_group(std::move(episodes)), copies);
}

}  // namespace recombine
