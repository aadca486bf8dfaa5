// Reading, scoring and finding answers.

#include <algorithm>

#include "python/bindings/arrays.h"
#include "python/bindings/grids.h"
#include "python/bindings/items.h"
#include "python/bindings/parts.h"
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "data/error.h"
#include "data/json.h"
#include "eval/llm/answers/age_reading.h"
#include "eval/llm/answers/fact_reading.h"
#include "eval/llm/answers/strictness.h"
#include "eval/scoring/fact_scores.h"
#include "eval/scoring/grid_scores.h"

namespace nb = nanobind;

namespace recombine::python {
namespace {

nb::object array_or_none(const std::optional<Grid>& grid) {
  return grid ? nb::cast(grid_array(*grid)) : nb::none();
}

/// (grid or None, which rule read it, why there is none, whether the published rules hold it valid,
/// the grid that they read).
nb::tuple read_grid_text(const std::string& text, int side, bool cut) {
  require(side >= 1 && side <= kMaxSide, "side ", side, ": must be from 1 to ", kMaxSide);
  const GridReading reading = read_grid(text, side, cut);
  const std::string rule =
      reading.strictness
          ? std::string(kStrictnessNames.at(static_cast<std::size_t>(*reading.strictness)))
          : "";
  return nb::make_tuple(array_or_none(reading.grid), rule, reading.reason, reading.strict.valid,
                        array_or_none(reading.strict.grid));
}

/// (text of the answer or "", which rule read it, why there is none, whether the strict rule
/// holds).
nb::tuple read_fact_text(const std::string& text, const SourcedFact& fact, bool cut) {
  const FactVocabulary& vocabulary = fact.origin->vocabulary;
  const int words = static_cast<int>(fact.item.answer().size()) - 1;
  FactReading reading = vocabulary.compares() ? read_age(text, fact.item.id, vocabulary, cut)
                                              : read_fact(text, words, vocabulary, cut);
  if (!reading.entities.empty()) reading.entities.push_back(vocabulary.end());
  return nb::make_tuple(vocabulary.text(reading.entities), reading.strictness, reading.reason,
                        reading.strict);
}

nb::dict score_grids(const GridInput& answer, const GridInput& truth) {
  const GridScore score = score_grid(grid_from(answer), grid_from(truth));
  nb::dict all;
  all["exact"] = score.exact;
  all["color"] = score.colour;
  all["shape"] = score.shape;
  return all;
}

nb::dict score_fact_text(const std::string& text, const SourcedFact& fact) {
  const FactVocabulary& vocabulary = fact.origin->vocabulary;
  const FactAnswer answer = read_fact_answer(text, vocabulary);
  const FactScore score = score_fact(fact.item, answer, "", vocabulary);
  nb::dict all;
  all["exact"] = score.exact;
  all["bridge"] = score.bridge ? nb::cast(*score.bridge) : nb::none();
  all["answer"] = score.answer;
  all["invalid"] = answer.invalid.empty() ? nb::none() : nb::cast(answer.invalid);
  return all;
}

nb::list solve_episode(const SourcedEpisode& self) {
  std::vector<std::optional<Grid>> answers(self.episode.queries.size());
  const RuleSpace& rules = self.origin->rules();
  {
    const nb::gil_scoped_release unlocked;
    std::vector<Grid> inputs;
    for (const Example& query : self.episode.queries) inputs.push_back(query.input);
    // Nothing follows from no pairs: what most programs answer would be a guess.
    const auto& study = self.episode.study;
    const auto hypotheses = study.empty() ? std::vector<Hypothesis>{} : solve(study, inputs, rules);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const std::vector<Answer> found =
          answer_query(hypotheses, inputs[i], self.episode.queries[i].roles);
      if (!found.empty()) answers[i] = found.front().output;
    }
  }
  nb::list all;
  for (const auto& answer : answers) all.append(array_or_none(answer));
  return all;
}

std::optional<std::string> solve_fact(const SourcedFact& self) {
  const FactAnswerer& answerer = self.origin->answerer();
  const auto tokens = answerer({self.item.question(), self.item.answer().size()});
  if (!tokens) return std::nullopt;
  return self.origin->vocabulary.text(*tokens);
}

}  // namespace

Grid grid_from(const GridInput& array) {
  const std::size_t side = array.shape(0);
  require(side == array.shape(1) && side >= 1 && side <= kMaxSide, "grid: has ", side, " x ",
          array.shape(1), " cells; must be square, of side 1..", kMaxSide);
  Grid grid(static_cast<int>(side));
  std::copy_n(array.data(), side * side, grid.cells().begin());
  const auto wrong = std::ranges::find_if(grid.cells(), [](Colour c) { return c >= kColours; });
  require(wrong == grid.cells().end(), "grid: has a cell that is none of 0..9");
  return grid;
}

void add_answers(nb::module_& module) {
  module.def("read_grid", &read_grid_text, nb::arg("text"), nb::arg("side"), nb::arg("cut"));
  module.def("read_fact", &read_fact_text, nb::arg("text"), nb::arg("fact"), nb::arg("cut"));
  module.def("score_grids", &score_grids, nb::arg("answer"), nb::arg("truth"));
  module.def("score_fact", &score_fact_text, nb::arg("text"), nb::arg("fact"));
  module.def("solve_episode", &solve_episode, nb::arg("episode"));
  module.def("solve_fact", &solve_fact, nb::arg("fact"));
}

}  // namespace recombine::python
