#include "eval/scoring/evaluation.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/scoring/copy_tally.h"
#include "eval/scoring/family.h"
#include "eval/scoring/judging.h"
#include "generator/writer/in_order.h"

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

/// The values of the factors that reports have.
using FactorsOfItem = std::vector<std::vector<std::string>>;

bool is_reported(InReports in_reports, const EvaluateConfig& config) {
  return in_reports != InReports::kNever &&
         (in_reports != InReports::kWhereSolved || config.ceilings);
}

/// Those that reports have, in their order.
template <class Family>
auto reported_factors(const EvaluateConfig& config) {
  const auto all = Family::factors();
  std::vector<const typename decltype(all)::value_type*> reported;
  for (const auto& factor : all) {
    if (is_reported(factor.in_reports, config)) reported.push_back(&factor);
  }
  return reported;
}

/// Counts the answers to an item, whose values of the factors are given.
template <class Factors>
void count_item(Tally& tally,
                const Factors& factors,
                const FactorsOfItem& values,
                const std::vector<QueryScore>& scores) {
  tally.add_item(scores);
  for (std::size_t i = 0; i < factors.size(); ++i) {
    for (const std::string& value : values[i]) tally.add_to_group(factors[i]->name, value);
  }
}

template <class Factors>
SplitScores finish(const Tally& tally, const Factors& factors, int threads) {
  SplitScores scores = tally.finish();
  if (scores.planned == 0) return scores;
  run_in_order(factors.size(), threads, [&](std::size_t place) {
    const auto& factor = *factors[place];
    return [&, groups = tally.groups(factor.name)] {
      if (factor.in_reports == InReports::kAlways || groups.size() > 1)
        scores.by.emplace_back(factor.name, groups);
    };
  });
  return scores;
}

void note_examples(ErrorExamples& examples,
                   std::size_t item,
                   const std::vector<QueryScore>& scores) {
  for (std::size_t query = 0; query < scores.size(); ++query) {
    const ErrorVerdict& error = scores[query].error;
    if (error.kind.empty()) continue;
    std::vector<ErrorExample>& shown = examples[std::string(error.kind)];
    if (shown.size() == kErrorExamples || (!shown.empty() && shown.back().which.item == item))
      continue;
    shown.push_back({{item, static_cast<int>(query)}, error.changes});
  }
}

std::vector<bool> exact_of(const std::vector<QueryScore>& scores) {
  std::vector<bool> exact;
  exact.reserve(scores.size());
  for (const QueryScore& score : scores) exact.push_back(score.exact());
  return exact;
}

/// Of the items that were planned, those whose answers are all exact.
std::optional<Interval> share_of_whole(const Outcomes& outcomes) {
  Count whole;
  for (const std::vector<bool>& exact : outcomes) {
    if (exact.empty()) continue;
    whole += {std::ranges::find(exact, false) == exact.end() ? 1U : 0U, 1};
  }
  if (whole.of == 0) return std::nullopt;
  return wilson_interval(whole);
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

/// What an item is by each of the factors.
template <class Family, class Factors, class Item>
FactorsOfItem values_of(const Family& family, const Factors& factors, const Item& item) {
  FactorsOfItem values;
  for (const auto* factor : factors) values.push_back(family.values(*factor, item));
  return values;
}

}  // namespace

template <class Records>
void require_answers_to(const DataSet<Records>& data, const PredictionSet& predicted) {
  require_data(predicted.meta().data_digest == data.manifest().digest, predicted.file(),
               ": answers another data set (", predicted.meta().data_digest, ") than ",
               data.folder().string(), " (", data.manifest().digest, "); predict on this one");
  require_answers(data.manifest(), data.folder());
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
  CopyTally copies(Family::counting(), config, predicted.meta().predictor.kind);
  TwinTally twins(config);
  std::vector<Ceiling> ceilings;
  const auto factors = reported_factors<Family>(config);
  std::vector<Asked> asked;
  Evaluation result;
  run_in_order(data.size(), config.threads, [&](std::size_t index) {
    auto item = data[index];
    std::vector<QueryScore> answers = judge_item(family, item, predicted);
    family.explain(item, answers);
    const bool solve = config.ceilings && !answers.empty();
    const FoundByOrder found = solve ? family.solved(item, answers.size()) : FoundByOrder{};
    FactorsOfItem values = answers.empty() ? FactorsOfItem{} : values_of(family, factors, item);
    return [&, index, found, item = std::move(item), answers = std::move(answers),
            values = std::move(values)]() mutable {
      asked.push_back({item.id, Family::queries(item), Family::copies(item)});
      if (!answers.empty()) count_item(tally, factors, values, answers);
      if (!found.empty()) add_to_ceilings(ceilings, found);
      copies.add_item(answers, judge_copies(family, item, predicted));
      count_calibration(calibration, answers);
      note_reading(reading, item, answers, texts);
      note_examples(result.examples, index, answers);
      result.outcomes.push_back(exact_of(answers));
      twins.add_item(std::move(item), std::move(answers));
      if (on_item) on_item(asked.size());
    };
  });
  predicted.check_against(asked, data.folder());
  SplitScores& scores = result.scores;
  scores = finish(tally, factors, config.threads);
  scores.date = predicted.meta().date;
  scores.note = predicted.meta().note;
  scores.queries = predicted.first_queries_only() ? "first" : "all";
  if (scores.published) {
    if (predicted.first_queries_only()) scores.published->queries = scores.queries;
    scores.published->note = Family::published_note(predicted.meta().predictor);
  }
  if (Family::counting().clustered) scores.whole_items = share_of_whole(result.outcomes);
  scores.copies = copies.finish();
  scores.twins = twins.finish();
  scores.ceilings = std::move(ceilings);
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
