#include "eval/evaluation.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/family.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// How the book answers a query.
template <class Family, class Item>
QueryScore judge(const Family& family, const Item& item, int query, const Prediction* answer) {
  QueryScore score;
  if (answer != nullptr) {
    score.invalid = family.invalid(*answer);
    score.state = score.invalid.empty() ? QueryState::kAnswered : QueryState::kInvalid;
  }
  score.counts = family.counts(item, query, answer);
  return score;
}

template <class Family, class Item>
void count_item(Tally& tally, const Family& family, const Item& item, const AnswerBook& book) {
  const int planned = book.planned_queries(item.id, Family::queries(item));
  if (planned == 0) return;
  std::vector<QueryScore> scores;
  scores.reserve(static_cast<std::size_t>(planned));
  for (int query = 0; query < planned; ++query)
    scores.push_back(judge(family, item, query, book.find(item.id, query)));
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

/// The one of `names` whose digest is the book's; of several, the one that the book names.
std::optional<std::string> set_answered(const fs::path& folder,
                                        const std::vector<std::string>& names,
                                        const AnswerBook& book) {
  std::optional<std::string> found;
  for (const std::string& name : names) {
    if (read_manifest(folder / name).digest != book.meta().data_digest) continue;
    if (!found || split_name(folder, name) == book.meta().split) found = name;
  }
  return found;
}

Report& report_for(std::vector<Report>& reports,
                   const Predictor& predictor,
                   const std::string& family) {
  for (Report& report : reports) {
    if (report.family == family && to_json(report.predictor) == to_json(predictor)) return report;
  }
  reports.push_back({predictor, family, {}});
  return reports.back();
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
  Tally tally(Family::counting(), config);
  std::size_t done = 0;
  for (const auto& item : data) {
    count_item(tally, family, item, book);
    if (on_item) on_item(++done);
  }
  SplitScores scores = finish<Family>(tally);
  scores.data_digest = data.manifest().digest;
  return scores;
}

std::vector<Report> evaluate_all(const fs::path& folder,
                                 std::span<const AnswerBook> books,
                                 const EvaluateConfig& config,
                                 const OnItem& on_item) {
  const std::vector<std::string> names = data_set_names(folder);
  std::vector<Report> reports;
  for (const AnswerBook& book : books) {
    const auto name = set_answered(folder, names, book);
    require_data(name.has_value(), book.file(), ": answers another data set (",
                 book.meta().data_digest, ") than those in ", folder.string(),
                 "; predict on one of them");
    const std::string split = split_name(folder, *name);
    Report& report =
        report_for(reports, book.meta().predictor, read_manifest(folder / *name).family);
    for (const auto& [known, scores] : report.splits) {
      require_data(known != split, book.file(), ": ", report.predictor.name, " answers ", split,
                   " in another file already; give one file a split");
    }
    report.splits.emplace_back(split, open_set(folder / *name, [&](const auto& data) {
                                 return evaluate(data, book, config, on_item);
                               }));
  }
  return reports;
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
      if (score.counts.front().right > 0) continue;
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
