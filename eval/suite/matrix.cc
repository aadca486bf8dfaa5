#include "eval/suite/matrix.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "data/error.h"
#include "data/set_names.h"
#include "data/text.h"

namespace recombine {
namespace {

/// Null where the report has none: a validation set does not stand for its test set.
const SplitScores* scores_on(const Report& report, std::string_view wanted) {
  for (const auto& [split, scores] : report.splits) {
    if (split == wanted) return &scores;
  }
  return nullptr;
}

std::optional<Interval> exact_in(const SplitScores* scores) {
  const Interval* exact = scores == nullptr ? nullptr : scores->all.figures.find("exact");
  return exact == nullptr ? std::nullopt : std::optional(*exact);
}

MatrixCell cell_of(const Report& report) {
  MatrixCell cell{exact_in(scores_on(report, kTestIdSet)), exact_in(scores_on(report, kTestOodSet)),
                  std::nullopt};
  if (cell.id && cell.ood) cell.drop = drop_between(*cell.id, *cell.ood);
  return cell;
}

/// The order of the rules that is taken to be known, if the report says it.
std::optional<double> ceiling_in(const Report& report) {
  const SplitScores* scores = scores_on(report, kTestOodSet);
  if (scores == nullptr || scores->ceilings.empty()) return std::nullopt;
  return scores->ceilings.front().share();
}

/// Digests of each task's sets, and who answered them: that all answer the same data.
class SameData {
 public:
  void add(const SuiteResult& result) {
    for (const auto& [split, scores] : result.report.splits) {
      const auto [known, is_new] =
          digests_.try_emplace({result.task, split}, scores.data_digest, result.model);
      require_data(is_new || known->second.first == scores.data_digest, "task ", result.task, ": ",
                   result.model, " and ", known->second.second, " answered different data as ",
                   split, "; score both on one suite");
    }
  }

 private:
  std::map<std::pair<std::string, std::string>, std::pair<std::string, std::string>> digests_;
};

/// Whose answers each row holds: that one name is not given to two.
class SamePredictor {
 public:
  void add(const SuiteResult& result) {
    const Predictor& predictor = result.report.predictor;
    const auto [known, is_new] =
        first_.try_emplace(result.model, predictor.kind, predictor.name, result.task);
    const auto& [kind, name, task] = known->second;
    require_data(kind == predictor.kind && name == predictor.name, result.model,
                 ": two predictors have this name, ", name, " on task ", task, " and ",
                 predictor.name, " on task ", result.task,
                 "; put the files of each into a folder of its own name");
  }

 private:
  std::map<std::string, std::tuple<std::string, std::string, std::string>> first_;
};

void add_row(SuiteMatrix& matrix, const SuiteResult& result) {
  const auto known = std::ranges::find(matrix.rows, result.task, &MatrixRow::task);
  if (known == matrix.rows.end())
    matrix.rows.push_back({result.task, result.axis, std::nullopt, result.certified, {}});
}

void add_model(SuiteMatrix& matrix, const SuiteResult& result) {
  auto model = std::ranges::find(matrix.models, result.model, &MatrixModel::name);
  const Predictor& predictor = result.report.predictor;
  if (model == matrix.models.end()) {
    matrix.models.push_back({result.model, predictor.kind, predictor.parameters, {}, 0});
    return;
  }
  model->parameters = std::max(model->parameters, predictor.parameters);
}

Interval mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / static_cast<double>(values.size());
  return {mean, mean, mean, 0, "mean of tasks"};
}

void add_means(SuiteMatrix& matrix) {
  for (std::size_t place = 0; place < matrix.models.size(); ++place) {
    MatrixModel& model = matrix.models[place];
    const auto collect = [&](std::optional<Interval> MatrixCell::*figure) {
      std::vector<double> all;
      for (const MatrixRow& row : matrix.rows) {
        if (const auto& value = row.cells[place].*figure) all.push_back(value->value);
      }
      if (all.size() == matrix.rows.size() && !all.empty()) model.mean.*figure = mean_of(all);
      return all.size();
    };
    collect(&MatrixCell::id);
    collect(&MatrixCell::drop);
    model.tasks = collect(&MatrixCell::ood);
  }
}

/// Those with all tasks first, then by mean; of equals those who were named first.
void put_best_models_first(SuiteMatrix& matrix) {
  std::vector<std::size_t> order(matrix.models.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t place) {
    const MatrixModel& model = matrix.models[place];
    return std::pair(model.tasks, model.mean.ood ? model.mean.ood->value : -1.0);
  });
  const SuiteMatrix before = matrix;
  for (std::size_t i = 0; i < order.size(); ++i) {
    matrix.models[i] = before.models[order[i]];
    for (std::size_t row = 0; row < matrix.rows.size(); ++row)
      matrix.rows[row].cells[i] = before.rows[row].cells[order[i]];
  }
}

}  // namespace

Interval drop_between(const Interval& id, const Interval& ood) {
  const double drop = id.value - ood.value;
  const double below = std::hypot(id.value - id.low, ood.high - ood.value);
  const double above = std::hypot(id.high - id.value, ood.value - ood.low);
  return {drop, drop - below, drop + above, id.level, "Newcombe, of independent intervals"};
}

SuiteMatrix suite_matrix(std::span<const SuiteResult> results) {
  SuiteMatrix matrix;
  SameData same;
  SamePredictor predictors;
  for (const SuiteResult& result : results) {
    if (matrix.suite.empty()) matrix.suite = result.suite;
    require_data(matrix.suite == result.suite, "reports of the suites ", matrix.suite, " and ",
                 result.suite, ": one board is of one suite");
    same.add(result);
    predictors.add(result);
    add_row(matrix, result);
    add_model(matrix, result);
  }
  std::ranges::sort(matrix.rows, natural_less, &MatrixRow::task);
  for (MatrixRow& row : matrix.rows) row.cells.resize(matrix.models.size());
  std::vector<std::pair<std::string, std::string>> seen;
  for (const SuiteResult& result : results) {
    const std::pair key(result.model, result.task);
    require_data(std::ranges::find(seen, key) == seen.end(), "two reports of ", result.model,
                 " on task ", result.task, "; give one, or a folder of its own to each model");
    seen.push_back(key);
    MatrixRow& row = *std::ranges::find(matrix.rows, result.task, &MatrixRow::task);
    const auto model = std::ranges::find(matrix.models, result.model, &MatrixModel::name);
    row.cells[static_cast<std::size_t>(model - matrix.models.begin())] = cell_of(result.report);
    if (row.certified) row.ceiling = 1;
    if (!row.ceiling) row.ceiling = ceiling_in(result.report);
  }
  add_means(matrix);
  put_best_models_first(matrix);
  return matrix;
}

}  // namespace recombine
