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
                  const AnswerBook& book,
                  const AnswerTexts& texts) {
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const QueryScore& score = scores[i];
    const auto query = static_cast<int>(i);
    const AnswerText* said = texts.find(item.id, query);
    if (score.state == QueryState::kAnswered && said != nullptr && !said->rung.empty()) {
      RungCount& rung = notes.rungs[said->rung];
      ++rung.answers;
      rung.exact += score.exact() ? 1 : 0;
    }
    if (score.state != QueryState::kInvalid || notes.unread.size() == ReadingNotes::kShown)
      continue;
    const std::string& text = said != nullptr ? said->text : book.find(item.id, query)->text;
    notes.unread.push_back({item.id, query, score.invalid, beginning_of(text)});
  }
}

/// Answers that came with a probability.
template <class Item>
void count_calibration(CalibrationCount& count,
                       const Item& item,
                       const std::vector<QueryScore>& scores,
                       const AnswerBook& book) {
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Prediction* answer = book.find(item.id, static_cast<int>(i));
    if (scores[i].state == QueryState::kAnswered && answer->log_probability)
      count.add(*answer->log_probability, scores[i].exact());
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

template <class Family, class Records>
void check_plan(const DataSet<Records>& data, const AnswerBook& book) {
  std::vector<Asked> asked;
  for (const auto& item : data) asked.push_back({item.id, Family::queries(item)});
  book.check_against(asked, data.folder());
}

}  // namespace

template <class Records>
void require_answers_to(const DataSet<Records>& data, const AnswerBook& book) {
  require_data(book.meta().data_digest == data.manifest().digest, book.file(),
               ": answers another data set (", book.meta().data_digest, ") than ",
               data.folder().string(), " (", data.manifest().digest, "); predict on this one");
}

template <class Records>
SplitScores evaluate(const DataSet<Records>& data,
                     const AnswerBook& book,
                     const EvaluateConfig& config,
                     const OnItem& on_item) {
  using Family = FamilyOf<Records>;
  require_answers_to(data, book);
  check_plan<Family>(data, book);
  const Family family(data, book);
  Tally tally(Family::counting(), config, book.meta().predictor.kind);
  const AnswerTexts texts = AnswerTexts::beside(book.file());
  ReadingNotes reading;
  reading.tokens = texts.tokens();
  reading.cost = texts.cost();
  CalibrationCount calibration;
  std::size_t done = 0;
  for (const auto& item : data) {
    const std::vector<QueryScore> answers = judge_item(family, item, book);
    if (!answers.empty()) count_item(tally, family, item, answers);
    count_calibration(calibration, item, answers, book);
    note_reading(reading, item, answers, book, texts);
    if (on_item) on_item(++done);
  }
  SplitScores scores = finish<Family>(tally);
  scores.date = book.meta().date;
  scores.note = book.meta().note;
  scores.queries = book.first_queries_only() ? "first" : "all";
  if (scores.published && book.first_queries_only()) scores.published->queries = scores.queries;
  scores.calibration = calibration.result();
  scores.reading = std::move(reading);
  scores.data_digest = data.manifest().digest;
  return scores;
}

std::string answered_set(const fs::path& folder, const AnswerBook& book) {
  std::optional<std::string> found;
  for (const std::string& name : data_set_names(folder)) {
    if (read_manifest(folder / name).digest != book.meta().data_digest) continue;
    if (!found || split_name(folder, name) == book.meta().split) found = name;
  }
  require_data(found.has_value(), book.file(), ": answers another data set (",
               book.meta().data_digest, ") than those in ", folder.string(),
               "; predict on one of them");
  return *found;
}

std::string split_name(const fs::path& folder, const std::string& name) {
  if (!name.empty()) return name;
  const fs::path whole = fs::weakly_canonical(folder);
  return whole.has_filename() ? whole.filename().string() : whole.parent_path().filename().string();
}

template <class Records>
std::vector<WrongAnswer> wrong_answers(const DataSet<Records>& data,
                                       const AnswerBook& book,
                                       int limit) {
  using Family = FamilyOf<Records>;
  const Family family(data, book);
  std::vector<WrongAnswer> wrong;
  for (std::size_t index = 0; index < data.size() && std::cmp_less(wrong.size(), limit); ++index) {
    const auto item = data[index];
    const int planned = book.planned_queries(item.id, Family::queries(item));
    for (int query = 0; query < planned; ++query) {
      const QueryScore score = judge(family, item, query, book.find(item.id, query));
      if (score.exact()) continue;
      wrong.push_back({index, query});
      break;
    }
  }
  return wrong;
}

template void require_answers_to(const EpisodeSet&, const AnswerBook&);
template void require_answers_to(const FactSet&, const AnswerBook&);
template SplitScores evaluate(const EpisodeSet&,
                              const AnswerBook&,
                              const EvaluateConfig&,
                              const OnItem&);
template SplitScores evaluate(const FactSet&,
                              const AnswerBook&,
                              const EvaluateConfig&,
                              const OnItem&);
template std::vector<WrongAnswer> wrong_answers(const EpisodeSet&, const AnswerBook&, int);
template std::vector<WrongAnswer> wrong_answers(const FactSet&, const AnswerBook&, int);

}  // namespace recombine
