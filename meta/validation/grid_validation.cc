#include "meta/validation/grid_validation.h"

#include <optional>
#include <utility>

#include "eval/scoring/grid_scores.h"
#include "meta/validation/gallery.h"
#include "meta/validation/grid_answers.h"

namespace recombine {
namespace {

class GridValidation : public ValidationSet {
 public:
  GridValidation(std::string name, EpisodeTensors episodes, bool copies)
      : name_(std::move(name)), episodes_(std::move(episodes)), copies_(copies) {}

  const std::string& name() const override { return name_; }
  Validated validate(WorkerThreads& workers,
                     Replicas& replicas,
                     const AnswerWatch& watch) const override {
    const GridAnswers answers =
        answer_episodes(workers, replicas, episodes_, answering(Decoding::kForced), watch);
    Scores scores = score_answers(answers.grids, episodes_);
    if (copies_) {
      const EpisodeTensors copies = episodes_.copies();
      const GridAnswers copied =
          answer_episodes(workers, replicas, copies, answering(Decoding::kForced), watch);
      for (const auto& [figure, value] : score_answers(copied.grids, copies)) {
        if (figure != "queries") scores.emplace_back("copy_" + figure, value);
      }
      scores.emplace_back("copy_loss", mean_loss(workers, replicas, copies, watch));
    }
    scores.emplace_back("loss", mean_loss(workers, replicas, episodes_, watch));
    return {std::move(scores), answer_gallery(name_, episodes_, answers.grids)};
  }

 private:
  std::string name_;
  EpisodeTensors episodes_;
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
                                                    EpisodeTensors episodes,
                                                    bool copies) {
  return std::make_unique<GridValidation>(std::move(name), std::move(episodes),
                                          copies && episodes.shape.study > 0);
}

}  // namespace recombine
