#include "eval/scoring/family.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "eval/errors/fact_errors.h"
#include "eval/errors/grid_errors.h"
#include "eval/errors/kinds.h"
#include "eval/scoring/fact_scores.h"
#include "eval/scoring/fact_world.h"
#include "eval/scoring/grid_scores.h"
#include "generator/grids/search/grid_source.h"

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

QueryScore judge_grid(const Grid& truth, const Prediction* answer) {
  QueryScore judged = judged_as(answer, answer == nullptr ? "" : why_invalid(*answer));
  GridScore score;
  if (answer != nullptr && judged.state == QueryState::kAnswered)
    score = score_grid(*answer->output, truth);
  judged.counts = {one(score.exact), one(score.colour), one(score.shape)};
  return judged;
}

/// Of a query that nothing was answered to.
ErrorVerdict no_answer(QueryState state) {
  return {state == QueryState::kMissing ? error_kind::kMissing : error_kind::kInvalid, {}};
}

}  // namespace

GridFamily::GridFamily(const EpisodeSet& data, const PredictionSet&)
    : rules_(rules_of(grids_of(data.manifest().recipe))),
      of_recipe_(says_grids(data.manifest().recipe)) {}

Counting GridFamily::counting() { return {kGridFigures, true}; }

std::vector<std::string> GridFamily::values(const GridFactor& factor,
                                            const Episode& episode) const {
  return factor.values(episode, rules_);
}

QueryScore GridFamily::judge(const Episode& episode, int query, const Prediction* answer) const {
  return judge_grid(episode.queries[static_cast<std::size_t>(query)].output, answer);
}

QueryScore GridFamily::judge_copy(const Episode& episode,
                                  int place,
                                  const Prediction* answer) const {
  return judge_grid(episode.study[static_cast<std::size_t>(place)].output, answer);
}

std::string GridFamily::published_note(const Predictor& predictor) {
  const auto decode = predictor.details.find("decode");
  if (decode == predictor.details.end() || *decode != "greedy") return "";
  return "these answers were decoded greedily; published colour and shape are of answers after "
         "the true patches, which recombine predict --decode teacher gives (exact is the same)";
}

void GridFamily::explain(const Episode& episode, std::vector<QueryScore>& answers) const {
  std::optional<EpisodeErrors> errors;
  for (std::size_t query = 0; query < answers.size(); ++query) {
    QueryScore& score = answers[query];
    if (score.exact()) continue;
    if (score.state != QueryState::kAnswered) {
      score.error = no_answer(score.state);
      continue;
    }
    if (!errors) errors.emplace(episode, rules_);
    score.error = errors->explain(query, *score.answer->output);
  }
}

FoundByOrder GridFamily::solved(const Episode& episode, std::size_t planned) const {
  return found_by_order(episode, planned, rules_, of_recipe_);
}

FactFamily::FactFamily(const FactSet& data, const PredictionSet& predicted)
    : data_(data),
      vocabulary_(data.records().vocabulary),
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

void FactFamily::explain(const FactItem& item, std::vector<QueryScore>& answers) const {
  const LeadsTo known = [this](Token relation, Token entity) { return leads_to(relation, entity); };
  for (QueryScore& score : answers) {
    if (score.exact()) continue;
    if (score.state == QueryState::kAnswered) {
      const FactAnswer said = read_fact_answer(score.answer->text, vocabulary_);
      score.error = explain_fact(item, said.tokens, vocabulary_, known);
    } else {
      score.error = no_answer(score.state);
    }
  }
}

bool FactFamily::leads_to(Token relation, Token entity) const {
  std::call_once(read_tails_, [this] {
    for (const AtomicFact& fact : facts_beside(data_)) tails_.emplace(fact.relation, fact.tail);
  });
  return tails_.empty() || tails_.contains({relation, entity});
}

}  // namespace recombine
