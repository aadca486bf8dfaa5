// The forms of a suite's board.

#include <array>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/page/page.h"
#include "eval/suite/matrix.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

using Figure = std::optional<Interval> MatrixCell::*;

/// A table of the board: which figure, and what its heading and sentence say.
struct MatrixPart {
  Figure figure;
  const char* title;
  const char* reading;
};

constexpr std::array kMatrixParts = {
    MatrixPart{&MatrixCell::ood, "Out of distribution",
               "Exact match on test_ood: what the task holds out of training."},
    MatrixPart{&MatrixCell::id, "In distribution",
               "Exact match on test_id: other items of what training shows."},
    MatrixPart{&MatrixCell::drop, "Drop",
               "In distribution less out of it, in points; the sets are independent."},
};

constexpr const char* kMatrixReading =
    "Answers that are right in full, in per cent [95 % interval: of grids over episodes, of facts "
    "over items]; nothing planned leaves the denominator. Models: the best mean out of "
    "distribution first, of those that have every task. Ceiling: what no score can be expected to "
    "pass out of distribution; 100.0 of tasks whose every query is certified to have one answer.";

/// What rounding leaves of a zero is a zero.
double without_sign_of_zero(double share) {
  constexpr double kHalfOfTheLastDigit = 0.0005;
  return share < 0 && share > -kHalfOfTheLastDigit ? 0 : share;
}

std::string share_text(const Interval& interval) {
  Interval shown = interval;
  for (double* number : {&shown.value, &shown.low, &shown.high})
    *number = without_sign_of_zero(*number);
  return percent(shown);
}

std::string mean_title(const SuiteMatrix& matrix) {
  return cat("mean of ", matrix.rows.size(), matrix.rows.size() == 1 ? " task" : " tasks");
}

Table part_table(const SuiteMatrix& matrix, const MatrixPart& part) {
  Table table;
  table.header = {"task", "held out", "ceiling"};
  for (const MatrixModel& model : matrix.models) table.header.push_back(model.name);
  for (const MatrixRow& row : matrix.rows) {
    auto& cells = table.rows.emplace_back();
    cells = {row.task, row.axis, row.ceiling ? percent(*row.ceiling) : "-"};
    for (const MatrixCell& cell : row.cells)
      cells.push_back(cell.*part.figure ? share_text(*(cell.*part.figure)) : "-");
  }
  auto& means = table.rows.emplace_back();
  means = {mean_title(matrix), "", ""};
  for (const MatrixModel& model : matrix.models) {
    const auto& mean = model.mean.*part.figure;
    means.push_back(mean ? percent(without_sign_of_zero(mean->value)) : "-");
  }
  return table;
}

std::string matrix_title(const SuiteMatrix& matrix) {
  return cat("Recombine suite ", matrix.suite);
}

Json figure_json(const std::optional<Interval>& interval) {
  return interval ? to_json(*interval) : Json(nullptr);
}

Json mean_json(const std::optional<Interval>& mean) {
  return mean ? Json(mean->value) : Json(nullptr);
}

void add_numbers(std::vector<std::string>& cells, const std::optional<Interval>& interval) {
  const auto number = [](double value) { return Json(value).dump(); };
  if (!interval) {
    cells.insert(cells.end(), 3, "");
    return;
  }
  cells.push_back(number(interval->value));
  cells.push_back(number(interval->low));
  cells.push_back(number(interval->high));
}

}  // namespace

std::string matrix_markdown(const SuiteMatrix& matrix) {
  std::string text = cat("# ", matrix_title(matrix), "\n\n", kMatrixReading, "\n");
  for (const MatrixPart& part : kMatrixParts) {
    text += cat("\n## ", part.title, "\n\n", part.reading, "\n\n",
                markdown_text(part_table(matrix, part)));
  }
  return text;
}

std::string matrix_csv(const SuiteMatrix& matrix) {
  Table table;
  table.header = {"suite",   "task",       "axis", "certified", "ceiling",  "model",
                  "kind",    "parameters", "id",   "id_low",    "id_high",  "ood",
                  "ood_low", "ood_high",   "drop", "drop_low",  "drop_high"};
  for (const MatrixRow& row : matrix.rows) {
    for (std::size_t i = 0; i < matrix.models.size(); ++i) {
      const MatrixModel& model = matrix.models[i];
      auto& cells = table.rows.emplace_back();
      cells = {matrix.suite,
               row.task,
               row.axis,
               row.certified ? "yes" : "no",
               row.ceiling ? Json(*row.ceiling).dump() : "",
               model.name,
               model.kind,
               model.parameters == 0 ? "" : std::to_string(model.parameters)};
      for (const Figure figure : {&MatrixCell::id, &MatrixCell::ood, &MatrixCell::drop})
        add_numbers(cells, row.cells[i].*figure);
    }
  }
  return csv_text(table);
}

Json matrix_json(const SuiteMatrix& matrix) {
  Json models = Json::array();
  for (const MatrixModel& model : matrix.models) {
    models.push_back({{"name", model.name},
                      {"kind", model.kind},
                      {"parameters", model.parameters},
                      {"tasks", model.tasks},
                      {"mean",
                       {{"id", mean_json(model.mean.id)},
                        {"ood", mean_json(model.mean.ood)},
                        {"drop", mean_json(model.mean.drop)}}}});
  }
  Json tasks = Json::array();
  for (const MatrixRow& row : matrix.rows) {
    Json cells = Json::object();
    for (std::size_t i = 0; i < matrix.models.size(); ++i) {
      const MatrixCell& cell = row.cells[i];
      cells[matrix.models[i].name] = {{"id", figure_json(cell.id)},
                                      {"ood", figure_json(cell.ood)},
                                      {"drop", figure_json(cell.drop)}};
    }
    tasks.push_back({{"task", row.task},
                     {"axis", row.axis},
                     {"certified", row.certified},
                     {"ceiling", row.ceiling ? Json(*row.ceiling) : Json(nullptr)},
                     {"models", std::move(cells)}});
  }
  return {{"schema", kMatrixSchema},
          {"suite", matrix.suite},
          {"models", std::move(models)},
          {"tasks", std::move(tasks)}};
}

std::string matrix_html(const SuiteMatrix& matrix) {
  std::string body = cat("<p>", html_escape(kMatrixReading), "</p>\n");
  for (const MatrixPart& part : kMatrixParts) {
    body += cat("<section><h2>", part.title, "</h2>\n<p>", html_escape(part.reading), "</p>\n",
                html_table(part_table(matrix, part)), "</section>\n");
  }
  return whole_page(matrix_title(matrix), body, nullptr, {});
}

std::string matrix_text(const SuiteMatrix& matrix, const std::string& file) {
  const std::string ending = std::filesystem::path(file).extension().string();
  if (ending == ".md") return matrix_markdown(matrix);
  if (ending == ".csv") return matrix_csv(matrix);
  if (ending == ".html") return matrix_html(matrix);
  require(ending == ".json", "--out ", file, ": the name must end in .md, .csv, .html or .json");
  return matrix_json(matrix).dump(2) + "\n";
}

}  // namespace recombine
