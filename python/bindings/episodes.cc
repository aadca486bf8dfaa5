// The class Episode.

#include "python/bindings/arrays.h"
#include "python/bindings/items.h"
#include "python/bindings/parts.h"
#include <nanobind/nanobind.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/arc/arc.h"
#include "data/storage/codec.h"
#include "eval/drawing/item_scene.h"
#include "eval/llm/prompts/grid_question.h"

namespace nb = nanobind;

namespace recombine::python {
namespace {

nb::dict rule_dict(const Rule& rule) {
  nb::dict all;
  all["type"] = rule.type;
  for (const Parameter& parameter : rule.parameters) all[parameter.name.c_str()] = parameter.value;
  return all;
}

nb::dict rules_dict(const Grammar& grammar) {
  nb::dict rules;
  for (std::size_t role = 0; role < grammar.rules.size(); ++role)
    rules[std::string(role_name(role)).c_str()] = rule_dict(grammar.rules[role]);
  return rules;
}

nb::dict triggers_dict(const Grammar& grammar) {
  nb::dict triggers;
  triggers["shape"] = grammar.role_shape;
  triggers["colour"] = grammar.role_colour;
  for (std::size_t i = 0; i < grammar.indicators.size(); ++i) {
    const Indicator& indicator = grammar.indicators[i];
    const std::string name(role_name(i + kFirstIndicatorRole));
    triggers[(name + "_shape").c_str()] = indicator.shape;
    triggers[(name + "_colour").c_str()] = indicator.colour;
    triggers[(name + "_row").c_str()] = indicator.row;
    triggers[(name + "_col").c_str()] = indicator.col;
  }
  return triggers;
}

nb::dict difficulty_dict(const SourcedEpisode& self) {
  Determination found;
  {
    const RuleSpace& rules = self.origin->rules();
    const nb::gil_scoped_release unlocked;
    found = determine(self.episode, rules);
  }
  nb::dict all;
  all["programs"] = found.programs;
  all["determined"] = found.determined;
  all["queries"] = found.queries;
  all["unique"] = found.unique();
  return all;
}

Scene scene_of(const SourcedEpisode& self, int columns) {
  return episode_scene(self.episode, {}, columns);
}

const Example& query_at(const SourcedEpisode& self, std::size_t query) {
  const auto& queries = self.episode.queries;
  require(query < queries.size(), "query ", query, ": ", self.episode.id, " has queries 0..",
          queries.size() - 1);
  return queries[query];
}

/// The message of `prompts export` about one query.
std::string prompt_of(const SourcedEpisode& self, std::size_t query) {
  PromptConfig config;
  config.queries = "all";
  return grid_text(grid_task(self.episode, config), query_at(self, query).input, config, "");
}

std::string shown_text(const SourcedEpisode& self) {
  const Episode& episode = self.episode;
  const std::string side = std::to_string(episode.side());
  return cat("<Episode ", episode.id, ": ", triplet(episode.grammar), "; ", episode.study.size(),
             " study pairs, ", episode.queries.size(), " queries, ", side, " x ", side, ">");
}

nb::tuple reduced(const SourcedEpisode& self) {
  const std::string record = encode_episode(self.episode);
  return nb::make_tuple(nb::module_::import_("recombine._items").attr("episode"),
                        nb::make_tuple(nb::bytes(record.data(), record.size()),
                                       nb::str(self.origin->recipe.c_str())));
}

void add_arrays(nb::class_<SourcedEpisode>& episode) {
  episode
      .def_prop_ro(
          "study",
          [](const SourcedEpisode& self) {
            return pairs_array(self.episode.study, self.episode.side());
          },
          nb::rv_policy::reference,
          "Shown pairs: uint8 [S, 2, N, N], input then output, colours 0..9 (0: background).")
      .def_prop_ro(
          "roles", [](const SourcedEpisode& self) { return roles_array(self.episode.study); },
          nb::rv_policy::reference,
          "Rules in force in each study pair: uint8 [S], the sum of 1 (shape), 2 (colour), 4 "
          "(indicator) and 8, 16, 32 (further indicators); 0 where the file does not say.")
      .def_prop_ro(
          "queries",
          [](const SourcedEpisode& self) {
            return pairs_array(self.episode.queries, self.episode.side());
          },
          nb::rv_policy::reference,
          "Asked pairs, all rules in force (but see query_roles): uint8 [Q, 2, N, N], input then "
          "right output.")
      .def_prop_ro(
          "query_roles",
          [](const SourcedEpisode& self) { return roles_array(self.episode.queries); },
          nb::rv_policy::reference,
          "Rules in force in each query, as in roles: uint8 [Q]. All, without query_depth.")
      .def_prop_ro(
          "spare",
          [](const SourcedEpisode& self) {
            return pairs_array(self.episode.spare, self.episode.side());
          },
          nb::rv_policy::reference,
          "Pairs that a split made and does not show: uint8 [spare, 2, N, N].");
}

void add_description(nb::class_<SourcedEpisode>& episode) {
  episode
      .def_prop_ro(
          "id", [](const SourcedEpisode& self) { return self.episode.id; },
          "Name in its data set: 'e' and the index.")
      .def_prop_ro(
          "attempt", [](const SourcedEpisode& self) { return self.episode.attempt; },
          "How often it was made anew because an earlier episode had its grammar.")
      .def_prop_ro(
          "side", [](const SourcedEpisode& self) { return self.episode.side(); },
          "Rows and columns of a grid, in cells.")
      .def_prop_ro(
          "triplet", [](const SourcedEpisode& self) { return triplet(self.episode.grammar); },
          "The transformation types, sorted: what the systematicity split holds out.")
      .def_prop_ro(
          "rules", [](const SourcedEpisode& self) { return rules_dict(self.episode.grammar); },
          "{'shape' | 'colour' | 'indicator' | ...: {'type': ..., parameter: value}}.")
      .def_prop_ro(
          "order", [](const SourcedEpisode& self) { return order_text(self.episode.grammar); },
          "In which order rules in force are applied: 'shape-colour-indicator'.")
      .def_prop_ro(
          "triggers",
          [](const SourcedEpisode& self) { return triggers_dict(self.episode.grammar); },
          "What calls each rule: shape and colour of the object, the indicator's shape, "
          "colour and place.")
      .def_prop_ro("difficulty", &difficulty_dict,
                   "How far the study pairs determine the answers, by the solver: programs that "
                   "explain them, queries with one answer ('determined') of all ('queries'), and "
                   "whether those are equal ('unique'). Takes milliseconds.");
}

void add_texts(nb::class_<SourcedEpisode>& episode) {
  episode
      .def(
          "text",
          [](const SourcedEpisode& self, bool colour) {
            return scene_text(scene_of(self, 1), colour);
          },
          nb::arg("colour") = false, "The picture as text; with the colours of a terminal.")
      .def(
          "svg", [](const SourcedEpisode& self) { return scene_svg(scene_of(self, 2)); },
          "The picture as SVG.")
      .def("_repr_svg_", [](const SourcedEpisode& self) { return scene_svg(scene_of(self, 2)); })
      .def("prompt", &prompt_of, nb::arg("query") = 0,
           "What a language model is asked about one query: the message of `prompts export`.")
      .def(
          "answer",
          [](const SourcedEpisode& self, std::size_t query) {
            return "output: " + python_list(query_at(self, query).output);
          },
          nb::arg("query") = 0, "The right answer in the form that prompt() asks for.")
      .def(
          "to_arc",
          [](const SourcedEpisode& self) {
            return nb::module_::import_("json").attr("loads")(arc_task(self.episode));
          },
          nb::sig("def to_arc(self) -> dict"),
          "As an ARC task: {'train': [{'input', 'output'}, ...], 'test': [...]}, grids as lists.");
}

}  // namespace

SourcedEpisode episode_of(std::string_view record, std::shared_ptr<const EpisodeOrigin> origin) {
  return {decode_episode(record), std::move(origin)};
}

void add_episodes(nb::module_& module) {
  nb::class_<SourcedEpisode> episode(
      module, "Episode",
      "A Compositional-ARC episode: three rules (with further indicators up to six) shown alone "
      "and in pairs; the queries need all. Immutable; equal where the records are. Arrays are made "
      "anew by each access.");
  add_arrays(episode);
  add_description(episode);
  add_texts(episode);
  episode
      .def("_record",
           [](const SourcedEpisode& self) {
             const std::string record = encode_episode(self.episode);
             return nb::bytes(record.data(), record.size());
           })
      .def(
          "__eq__",
          [](const SourcedEpisode& self, const SourcedEpisode& other) {
            return self.episode == other.episode;
          },
          nb::is_operator())
      .def("__hash__",
           [](const SourcedEpisode& self) {
             return std::hash<std::string>{}(encode_episode(self.episode));
           })
      .def("__repr__", &shown_text)
      .def("__reduce__", &reduced);
  module.def("episode_from_record", [](const nb::bytes& record, const std::string& recipe) {
    return episode_of({record.c_str(), record.size()}, std::make_shared<EpisodeOrigin>(recipe));
  });
}

}  // namespace recombine::python
