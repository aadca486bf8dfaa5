#include "eval/report/paired_answers.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "eval/scoring/evaluation.h"
#include "eval/scoring/judging.h"

namespace recombine {
namespace {

/// Which planned queries of each item are exact, in the order of the data set.
using Outcomes = std::vector<std::vector<bool>>;

struct Side {
  const AnswerBook* book = nullptr;
  int report = 0;
  std::string name;
  Outcomes outcomes;
};

template <class Records>
Outcomes outcomes_of(const DataSet<Records>& data, const AnswerBook& book) {
  using Family = FamilyOf<Records>;
  const Family family(data, book);
  Outcomes outcomes;
  for (const auto& item : data) {
    check_interrupted("nothing was written; run it again");
    std::vector<bool>& exact = outcomes.emplace_back();
    for (const QueryScore& score : judge_item(family, item, book)) exact.push_back(score.exact());
  }
  return outcomes;
}

std::vector<PairedItem> paired(const Outcomes& first, const Outcomes& second) {
  std::vector<PairedItem> items;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const std::size_t queries = std::min(first[i].size(), second[i].size());
    if (queries == 0) continue;
    PairedItem item{static_cast<int>(queries)};
    for (std::size_t query = 0; query < queries; ++query) {
      const bool a = first[i][query];
      const bool b = second[i][query];
      item.both_right += a && b ? 1 : 0;
      item.only_first += a && !b ? 1 : 0;
      item.only_second += b && !a ? 1 : 0;
    }
    items.push_back(item);
  }
  return items;
}

int report_of(const AnswerBook& book, const std::string& family, std::span<const Report> reports) {
  const Json predictor = to_json(book.meta().predictor);
  const auto place = std::ranges::find_if(reports, [&](const Report& report) {
    return report.family == family && to_json(report.predictor) == predictor;
  });
  require_data(place != reports.end(), book.file(), ": has no report");
  return static_cast<int>(place - reports.begin());
}

/// The predictor's name; with its file where another predictor has the same.
std::string label_of(const AnswerBook& book, std::span<const Report> reports) {
  const std::string& name = book.meta().predictor.name;
  const auto same = std::ranges::count_if(
      reports, [&](const Report& report) { return report.predictor.name == name; });
  if (same < 2) return name;
  return cat(name, " (", std::filesystem::path(book.file()).filename().string(), ")");
}

class PairedSets {
 public:
  explicit PairedSets(const EvaluateConfig& config) : config_(config) {}

  void add_set(const std::string& split, const std::string& digest, std::span<const Side> sides) {
    for (std::size_t i = 0; i < sides.size(); ++i) {
      for (std::size_t j = i + 1; j < sides.size(); ++j) {
        const auto items = paired(sides[i].outcomes, sides[j].outcomes);
        if (items.empty()) continue;
        Comparison comparison = compare(items, config_);
        comparison.split = split;
        comparison.data_digest = digest;
        comparison.reports = {sides[i].report, sides[j].report};
        comparison.names = {sides[i].name, sides[j].name};
        comparisons_.push_back(std::move(comparison));
        errors_.push_back(difference_error(items));
      }
    }
  }

  std::vector<Comparison> finish() {
    finish_comparisons(comparisons_, errors_);
    return std::move(comparisons_);
  }

 private:
  const EvaluateConfig& config_;
  std::vector<Comparison> comparisons_;
  std::vector<double> errors_;
};

}  // namespace

std::vector<Comparison> compare_all(const std::filesystem::path& folder,
                                    std::span<const AnswerBook> books,
                                    std::span<const Report> reports,
                                    const EvaluateConfig& config) {
  PairedSets sets(config);
  std::vector<std::string> seen;
  for (const AnswerBook& book : books) {
    const std::string name = answered_set(folder, book);
    if (std::ranges::find(seen, name) != seen.end()) continue;
    seen.push_back(name);
    std::vector<Side> sides;
    for (const AnswerBook& other : books) {
      if (answered_set(folder, other) != name) continue;
      const std::string family = read_manifest(folder / name).family;
      sides.push_back({&other, report_of(other, family, reports), label_of(other, reports), {}});
    }
    if (sides.size() < 2) continue;
    open_set(folder / name, [&](const auto& data) {
      for (Side& side : sides) side.outcomes = outcomes_of(data, *side.book);
    });
    sets.add_set(split_name(folder, name), book.meta().data_digest, sides);
  }
  return sets.finish();
}

}  // namespace recombine
