#include "eval/scoring/family.h"

#include <algorithm>

#include "eval/scoring/fact_scores.h"
#include "eval/scoring/grid_scores.h"

namespace recombine {
namespace {

constexpr std::array<std::string_view, 3> kGridFigures = {"exact", "color", "shape"};
constexpr std::array<std::string_view, 4> kFactFigures = {"exact", "bridge", "answer",
                                                          "answer_given_bridge"};

Count one(bool right) { return {right ? 1U : 0U, 1}; }

/// What is said of an answer, but for its counts.
QueryScore judged_as(const Prediction* answer, const std::string& invalid) {
  QueryScore score;
  score.answer = answer;
  score.invalid = invalid;
  if (answer != nullptr)
    score.state = invalid.empty() ? QueryState::kAnswered : QueryState::kInvalid;
  return score;
}

/// Of a grid.
std::string why_invalid(const Prediction& prediction) {
  if (!prediction.invalid.empty()) return prediction.invalid;
  return prediction.output ? "" : "no output";
}

}  // namespace

GridFamily::GridFamily(const EpisodeSet&, const PredictionSet&) {}

Counting GridFamily::counting() { return {kGridFigures, true}; }

std::vector<std::string> GridFamily::values(const GridFactor& factor,
                                            const Episode& episode) const {
  return factor.values(episode);
}

QueryScore GridFamily::judge(const Episode& episode, int query, const Prediction* answer) const {
  QueryScore judged = judged_as(answer, answer == nullptr ? "" : why_invalid(*answer));
  GridScore score;
  if (answer != nullptr && judged.state == QueryState::kAnswered)
    score = score_grid(*answer->output, episode.queries[static_cast<std::size_t>(query)].output);
  judged.counts = {one(score.exact), one(score.colour), one(score.shape)};
  return judged;
}

FactFamily::FactFamily(const FactSet& data, const PredictionSet& predicted)
    : vocabulary_(data.records().vocabulary),
      forced_(std::ranges::any_of(predicted.predictions(), [](const Prediction& prediction) {
        return !prediction.forced.empty();
      })) {}

Counting FactFamily::counting() { return {kFactFigures, false}; }

std::vector<std::string> FactFamily::values(const FactFactor& factor, const FactItem& item) const {
  return factor.values(item, vocabulary_);
}

QueryScore FactFamily::judge(const FactItem& item, int, const Prediction* answer) const {
  FactAnswer said;
  if (answer != nullptr && answer->invalid.empty())
    said = read_fact_answer(answer->text, vocabulary_);
  else
    said.invalid = answer == nullptr ? "no output" : answer->invalid;
  QueryScore judged = judged_as(answer, answer == nullptr ? "" : said.invalid);
  const FactScore score =
      score_fact(item, said, answer == nullptr ? "" : answer->forced, vocabulary_);
  const auto known = [](const std::optional<bool>& right) { return right ? one(*right) : Count{}; };
  judged.counts = {one(score.exact), known(score.bridge), one(score.answer),
                   forced_ ? known(score.answer_given_bridge) : Count{}};
  return judged;
}

}  // namespace recombine
