#pragma once
// The board of a suite: what is held out by predictor, in distribution, out of it, and the drop
// between.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/json.h"
#include "eval/suite/result.h"

namespace recombine {

/// A predictor's exact match on a task, where it was measured.
struct MatrixCell {
  std::optional<Interval> id;
  std::optional<Interval> ood;
  std::optional<Interval> drop;  ///< id - ood, of independent sets: see drop_between()
};

struct MatrixModel {
  std::string name;
  std::string kind;              ///< "model", "baseline", "llm"
  std::uint64_t parameters = 0;  ///< the most that it has on a task; 0: none, or not known
  MatrixCell mean;               ///< over all tasks, where it has them all; without intervals
  std::size_t tasks = 0;         ///< with an exact match out of distribution
};

struct MatrixRow {
  std::string task;
  std::string axis;
  /// What no score can be expected to pass, of the OOD set: 1 where the task is certified, else
  /// what the reports say (`suite score --ceilings`); nothing where neither is known.
  std::optional<double> ceiling;
  bool certified = false;
  std::vector<MatrixCell> cells;  ///< one a model, in the order of the matrix
};

struct SuiteMatrix {
  std::string suite;
  std::vector<MatrixModel> models;  ///< best mean out of distribution first
  std::vector<MatrixRow> rows;      ///< in the natural order of the tasks' names
};

/// Newcombe's interval for the difference of two independent shares, out of theirs.
Interval drop_between(const Interval& id, const Interval& ood);

/// Throws DataError for results of several suites, for two of one model and task, for one name of
/// two predictors, and where two models answered different data. Cells are of test sets alone.
SuiteMatrix suite_matrix(std::span<const SuiteResult> results);

std::string matrix_markdown(const SuiteMatrix& matrix);
/// A line a task and model.
std::string matrix_csv(const SuiteMatrix& matrix);
inline constexpr const char* kMatrixSchema = "recombine.suite-matrix/1";

/// {"schema": kMatrixSchema, "suite", "models": [...], "tasks": [...]}
Json matrix_json(const SuiteMatrix& matrix);
/// A page that is one file.
std::string matrix_html(const SuiteMatrix& matrix);

/// In the form that the ending of a file's name asks for: .md, .csv, .html or .json. Throws
/// InputError for another.
std::string matrix_text(const SuiteMatrix& matrix, const std::string& file);

}  // namespace recombine
