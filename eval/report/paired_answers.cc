#include "eval/report/paired_answers.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "data/error.h"
#include "data/progress.h"

namespace recombine {
namespace {

struct Side {
  const JudgedSet* judged = nullptr;
  std::string name;
};

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

/// The predictor's name; with its file where another predictor has the same.
std::string label_of(const PredictionSet& predicted, std::span<const Report> reports) {
  const std::string& name = predicted.meta().predictor.name;
  const auto same = std::ranges::count_if(
      reports, [&](const Report& report) { return report.predictor.name == name; });
  if (same < 2) return name;
  return cat(name, " (", std::filesystem::path(predicted.file()).filename().string(), ")");
}

class PairedSets {
 public:
  explicit PairedSets(const EvaluateConfig& config) : config_(config) {}

  void add_set(const std::string& split, const std::string& digest, std::span<const Side> sides) {
    for (std::size_t i = 0; i < sides.size(); ++i) {
      for (std::size_t j = i + 1; j < sides.size(); ++j) {
        check_interrupted("nothing was written; run it again");
        const auto items = paired(sides[i].judged->outcomes, sides[j].judged->outcomes);
        if (items.empty()) continue;
        Comparison comparison = compare(items, config_);
        comparison.split = split;
        comparison.data_digest = digest;
        comparison.reports = {static_cast<int>(sides[i].judged->report),
                              static_cast<int>(sides[j].judged->report)};
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

std::vector<Comparison> compare_all(std::span<const PredictionSet> prediction_sets,
                                    const AllEvaluations& all,
                                    const EvaluateConfig& config) {
  PairedSets sets(config);
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < prediction_sets.size(); ++i) {
    const JudgedSet& judged = all.judged[i];
    if (std::ranges::find(seen, judged.set) != seen.end()) continue;
    seen.push_back(judged.set);
    std::vector<Side> sides;
    for (std::size_t j = i; j < prediction_sets.size(); ++j) {
      if (all.judged[j].set == judged.set)
        sides.push_back({&all.judged[j], label_of(prediction_sets[j], all.reports)});
    }
    sets.add_set(judged.split, prediction_sets[i].meta().data_digest, sides);
  }
  return sets.finish();
}

}  // namespace recombine
