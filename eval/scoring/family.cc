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

}  // namespace

GridFamily::GridFamily(const EpisodeSet&, const AnswerBook&) {}

Counting GridFamily::counting() { return {kGridFigures, true}; }

std::vector<std::string> GridFamily::values(const GridFactor& factor,
                                            const Episode& episode) const {
  return factor.values(episode);
}

std::string GridFamily::invalid(const Prediction& prediction) const {
  if (!prediction.invalid.empty()) return prediction.invalid;
  return prediction.output ? "" : "no output";
}

std::vector<Count> GridFamily::counts(const Episode& episode,
                                      int query,
                                      const Prediction* answer) const {
  GridScore score;
  if (answer != nullptr && invalid(*answer).empty()) {
    const Grid& truth = episode.queries[static_cast<std::size_t>(query)].output;
    score = score_grid(*answer->output, truth);
  }
  return {one(score.exact), one(score.colour), one(score.shape)};
}

FactFamily::FactFamily(const FactSet& data, const AnswerBook& book)
    : vocabulary_(data.records().vocabulary),
      forced_(std::ranges::any_of(book.predictions(), [](const Prediction& prediction) {
        return !prediction.forced.empty();
      })) {}

Counting FactFamily::counting() { return {kFactFigures, false}; }

std::vector<std::string> FactFamily::values(const FactFactor& factor, const FactItem& item) const {
  return factor.values(item, vocabulary_);
}

std::string FactFamily::invalid(const Prediction& prediction) const {
  if (!prediction.invalid.empty()) return prediction.invalid;
  return read_fact_answer(prediction.text, vocabulary_).invalid;
}

std::vector<Count> FactFamily::counts(const FactItem& item, int, const Prediction* answer) const {
  FactScore score = score_fact(item, "", "", vocabulary_);
  if (answer != nullptr) {
    const bool refused = !answer->invalid.empty();
    score = score_fact(item, refused ? "" : answer->text, answer->forced, vocabulary_);
  }
  const auto known = [](const std::optional<bool>& right) { return right ? one(*right) : Count{}; };
  return {one(score.exact), known(score.bridge), one(score.answer),
          forced_ ? known(score.answer_given_bridge) : Count{}};
}

}  // namespace recombine
