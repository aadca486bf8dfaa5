#include "eval/scoring/evaluation.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/scoring/family.h"
#include "eval/scoring/judging.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// What is to be said of the reading of the item's answers.
template <class Item>
void note_reading(ReadingNotes& notes,
                  const Item& item,
                  const std::vector<QueryScore>& scores,
                  const AnswerTexts& texts) {
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const QueryScore& score = scores[i];
    const auto query = static_cast<int>(i);
    const AnswerText* said = texts.find(item.id, query);
    if (score.state == QueryState::kAnswered && said != nullptr && !said->strictness.empty()) {
      StrictnessCount& strictness = notes.strictness[said->strictness];
      ++strictness.answers;
      strictness.exact += score.exact() ? 1 : 0;
    }
    if (score.state != QueryState::kInvalid || notes.unread.size() == ReadingNotes::kShown)
      continue;
    const std::string& text = said != nullptr ? said->text : score.answer->text;
    notes.unread.push_back({item.id, query, score.invalid, beginning_of(text)});
  }
}

/// Answers that came with a probability.
void count_calibration(CalibrationCount& count, const std::vector<QueryScore>& scores) {
  for (const QueryScore& score : scores) {
    if (score.state == QueryState::kAnswered && score.answer->log_probability)
      count.add(*score.answer->log_probability, score.exact());
  }
}

template <class Family, class Item>
void count_item(Tally& tally,
                const Family& family,
                const Item& item,
                const std::vector<QueryScore>& scores) {
  tally.add_item(scores);
  for (const auto& factor : Family::factors()) {
    if (factor.in_reports == InReports::kNever) continue;
    for (const std::string& value : family.values(factor, item))
      tally.add_to_group(factor.name, value);
  }
}

template <class Family>
SplitScores finish(const Tally& tally) {
  SplitScores scores = tally.finish();
  if (scores.planned == 0) return scores;
  for (const auto& factor : Family::factors()) {
    if (factor.in_reports == InReports::kNever) continue;
    Groups groups = tally.groups(factor.name);
    if (factor.in_reports == InReports::kAlways || groups.size() > 1)
      scores.by.emplace_back(factor.name, std::move(groups));
  }
  return scores;
}

std::vector<bool> exact_of(const std::vector<QueryScore>& scores) {
  std::vector<bool> exact;
  exact.reserve(scores.size());
  for (const QueryScore& score : scores) exact.push_back(score.exact());
  return exact;
}

/// The first query that is not right; nothing where all are.
std::optional<int> first_wrong(const std::vector<bool>& exact) {
  const auto wrong = std::ranges::find(exact, false);
  if (wrong == exact.end()) return std::nullopt;
  return static_cast<int>(wrong - exact.begin());
}

/// The first `limit` of them among `items` items, whose outcomes `exact_at` gives.
template <class ExactAt>
std::vector<WrongAnswer> first_wrong_answers(std::size_t items,
                                             int limit,
                                             const ExactAt& exact_at) {
  std::vector<WrongAnswer> wrong;
  for (std::size_t index = 0; index < items && std::cmp_less(wrong.size(), limit); ++index) {
    const std::optional<int> query = first_wrong(exact_at(index));
    if (query) wrong.push_back({index, *query});
  }
  return wrong;
}

}  // namespace

template <class Records>
void require_answers_to(const DataSet<Records>& data, const PredictionSet& predicted) {
  require_data(predicted.meta().data_digest == data.manifest().digest, predicted.file(),
               ": answers another data set (", predicted.meta().data_digest, ") than ",
               data.folder().string(), " (", data.manifest().digest, "); predict on this one");
}

template <class Records>
Evaluation evaluate(const DataSet<Records>& data,
                    const PredictionSet& predicted,
                    const EvaluateConfig& config,
                    const OnItem& on_item) {
  using Family = FamilyOf<Records>;
  require_answers_to(data, predicted);
  const Family family(data, predicted);
  Tally tally(Family::counting(), config, predicted.meta().predictor.kind);
  const AnswerTexts texts = AnswerTexts::beside(predicted.file());
  ReadingNotes reading;
  reading.tokens = texts.tokens();
  reading.cost = texts.cost();
  CalibrationCount calibration;
  std::vector<Asked> asked;
  Evaluation result;
  for (const auto& item : data) {
    asked.push_back({item.id, Family::queries(item)});
    const std::vector<QueryScore> answers = judge_item(family, item, predicted);
    if (!answers.empty()) count_item(tally, family, item, answers);
    count_calibration(calibration, answers);
    note_reading(reading, item, answers, texts);
    result.outcomes.push_back(exact_of(answers));
    if (on_item) on_item(asked.size());
  }
  predicted.check_against(asked, data.folder());
  SplitScores& scores = result.scores;
  scores = finish<Family>(tally);
  scores.date = predicted.meta().date;
  scores.note = predicted.meta().note;
  scores.queries = predicted.first_queries_only() ? "first" : "all";
  if (scores.published && predicted.first_queries_only())
    scores.published->queries = scores.queries;
  scores.calibration = calibration.result();
  scores.reading = std::move(reading);
  scores.data_digest = data.manifest().digest;
  return result;
}

std::string answered_set(const fs::path& folder, const PredictionSet& predicted) {
  std::optional<std::string> found;
  for (const std::string& name : data_set_names(folder)) {
    if (read_manifest(folder / name).digest != predicted.meta().data_digest) continue;
    if (!found || split_name(folder, name) == predicted.meta().split) found = name;
  }
  require_data(found.has_value(), predicted.file(), ": answers another data set (",
               predicted.meta().data_digest, ") than those in ", folder.string(),
               "; predict on one of them");
  return *found;
}

std::string split_name(const fs::path& folder, const std::string& name) {
  if (!name.empty()) return name;
  const fs::path whole = fs::weakly_canonical(folder);
  return whole.has_filename() ? whole.filename().string() : whole.parent_path().filename().string();
}

std::vector<WrongAnswer> wrong_answers(const Outcomes& outcomes, int limit) {
  return first_wrong_answers(outcomes.size(), limit,
                             [&](std::size_t index) { return outcomes[index]; });
}

template <class Records>
std::vector<WrongAnswer> wrong_answers(const DataSet<Records>& data,
                                       const PredictionSet& predicted,
                                       int limit) {
  const FamilyOf<Records> family(data, predicted);
  return first_wrong_answers(data.size(), limit, [&](std::size_t index) {
    return exact_of(judge_item(family, data[index], predicted));
  });
}

template void require_answers_to(const EpisodeSet&, const PredictionSet&);
template void require_answers_to(const FactSet&, const PredictionSet&);
template Evaluation evaluate(const EpisodeSet&,
                             const PredictionSet&,
                             const EvaluateConfig&,
                             const OnItem&);
template Evaluation evaluate(const FactSet&,
                             const PredictionSet&,
                             const EvaluateConfig&,
                             const OnItem&);
template std::vector<WrongAnswer> wrong_answers(const EpisodeSet&, const PredictionSet&, int);
template std::vector<WrongAnswer> wrong_answers(const FactSet&, const PredictionSet&, int);

}  // namespace recombine
