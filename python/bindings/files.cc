// What is written to and read from disk: predictions, reports, splits.

#include <optional>

#include "python/bindings/grids.h"
#include "python/bindings/options.h"
#include "python/bindings/parts.h"
#include <nanobind/nanobind.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/dataset.h"
#include "data/storage/prediction.h"
#include "eval/report/evaluate_all.h"
#include "eval/report/paired_answers.h"
#include "generator/grids/split/split_run.h"

namespace nb = nanobind;

namespace recombine::python {
namespace {

/// What Python says of a predictor.
struct SaidPredictor {
  std::string name;
  std::uint64_t parameters = 0;
};

int queries_of(const Episode& episode) { return static_cast<int>(episode.queries.size()); }
int queries_of(const FactItem&) { return 1; }

/// An answer as given: None, an array, or a text. Throws InputError, naming its place, where it is
/// none of this family.
void set_answer(Prediction& prediction, const nb::handle& answer, const std::string& family) {
  const bool grids = family == kGrids.name;
  if (answer.is_none()) {
    prediction.invalid = "no answer";
    return;
  }
  require(nb::isinstance<nb::str>(answer) != grids, "answers: ", prediction.item, ", query ",
          prediction.query, ": must be ", grids ? "a grid" : "a text, '<e_9><e_4></a>'",
          ", or None", grids ? "; recombine.read_answer reads one in a text" : "");
  if (grids)
    prediction.output = grid_from(nb::cast<GridInput>(answer));
  else
    prediction.text = nb::cast<std::string>(answer);
}

template <class Set>
void write_answers(const Set& data,
                   const std::string& out,
                   const SaidPredictor& said,
                   const nb::list& answers) {
  require(answers.size() == data.size(), "answers: has ", answers.size(), " items, and ",
          data.folder().string(), " has ", data.size(), "; give an answer (or None) for each");
  PredictionMeta meta;
  meta.predictor.kind = "model";
  meta.predictor.name = said.name;
  meta.predictor.parameters = said.parameters;
  meta.data_digest = data.manifest().digest;
  meta.family = data.manifest().family;
  meta.split = data.folder().filename().string();
  for (const auto& item : data) meta.planned += static_cast<std::uint64_t>(queries_of(item));
  PredictionWriter writer(out, meta);
  std::size_t index = 0;
  for (const auto& item : data) {
    const nb::object given = answers[index++];
    const int queries = queries_of(item);
    require(nb::len(given) == static_cast<std::size_t>(queries), "answers: ", item.id, " has ",
            queries, " queries, and ", nb::len(given), " answers");
    for (int query = 0; query < queries; ++query) {
      Prediction prediction;
      prediction.item = item.id;
      prediction.query = query;
      const nb::object answer = given[query];
      set_answer(prediction, answer, meta.family);
      writer.write(prediction);
    }
  }
  writer.finish();
}

void write_predictions(const std::string& out,
                       const std::string& folder,
                       const nb::list& answers,
                       const std::string& name,
                       std::uint64_t parameters,
                       bool force) {
  refuse_existing_predictions(out, force);
  open_set(folder, [&](const auto& data) {
    write_answers(data, out, {name, parameters}, answers);
  });
}

std::string evaluate_json(const std::string& folder,
                          const std::vector<std::string>& files,
                          const Words& words) {
  Remarks remarks;
  const EvaluateConfig config = read_evaluate_options(words, remarks);
  const nb::gil_scoped_release unlocked;
  std::vector<PredictionSet> sets;
  for (const std::string& file : files) {
    sets.emplace_back(std::filesystem::path(file));
    if (config.queries == "first") sets.back().count_first_queries();
  }
  AllEvaluations all = evaluate_all(folder, sets, config);
  ReportSet reports;
  reports.comparisons = compare_all(sets, all, config);
  reports.reports = std::move(all.reports);
  return to_json(reports).dump();
}

std::string split_json(const std::string& data,
                       const std::string& out,
                       const Words& words,
                       bool force) {
  Remarks remarks;
  const SplitConfig config = read_split_options(words, remarks);
  const nb::gil_scoped_release unlocked;
  return split_data_set(data, out, config, force, true).dump();
}

}  // namespace

void add_files(nb::module_& module) {
  module.def("write_predictions", &write_predictions, nb::arg("out"), nb::arg("folder"),
             nb::arg("answers"), nb::arg("name"), nb::arg("parameters"), nb::arg("force"));
  module.def("evaluate", &evaluate_json, nb::arg("folder"), nb::arg("predictions"),
             nb::arg("words"));
  module.def("split", &split_json, nb::arg("data"), nb::arg("out"), nb::arg("words"),
             nb::arg("force"));
}

}  // namespace recombine::python
