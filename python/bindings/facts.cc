// The class Fact: a question about a world.

#include "python/bindings/arrays.h"
#include "python/bindings/items.h"
#include "python/bindings/parts.h"
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"
#include "data/storage/fact_codec.h"
#include "eval/drawing/fact_scene.h"

namespace nb = nanobind;

namespace recombine::python {
namespace {

TokenArray tokens_array(std::span<const Token> tokens) {
  Filled<std::int32_t> filled({tokens.size()});
  for (std::size_t i = 0; i < tokens.size(); ++i)
    filled.numbers[i] = static_cast<std::int32_t>(tokens[i]);
  return filled.array();
}

std::string text_of(const SourcedFact& self, std::span<const Token> tokens) {
  return self.origin->vocabulary.text(tokens);
}

std::string picture_of(const SourcedFact& self) {
  return scene_svg(fact_scene({self.item, std::nullopt}, self.origin->vocabulary, {}));
}

nb::tuple reduced_fact(const SourcedFact& self) {
  const std::string record = encode_fact(self.item);
  return nb::make_tuple(nb::module_::import_("recombine._items").attr("fact"),
                        nb::make_tuple(nb::bytes(record.data(), record.size()),
                                       nb::str(to_json(self.origin->vocabulary).dump().c_str())));
}

}  // namespace

SourcedFact fact_of(std::string_view record, std::shared_ptr<const FactOrigin> origin) {
  FactItem item = decode_fact(record, origin->vocabulary);
  return {std::move(item), std::move(origin)};
}

void add_facts(nb::module_& module) {
  nb::class_<SourcedFact>(module, "Fact",
                          "A question about a world of facts, with its answer. Immutable; equal "
                          "where the records are.")
      .def_prop_ro(
          "id", [](const SourcedFact& self) { return self.item.id; },
          "Entities and relations of the question: 'e12.r7.r33'.")
      .def_prop_ro(
          "type", [](const SourcedFact& self) { return std::string(type_name(self.item.type)); },
          "'id_atomic', 'train_inferred', 'test_inferred_ood', ...")
      .def_prop_ro(
          "tokens", [](const SourcedFact& self) { return tokens_array(self.item.tokens); },
          nb::rv_policy::reference, "Question, answer and </a>: int32 [T].")
      .def_prop_ro(
          "prompt", [](const SourcedFact& self) { return self.item.prompt; },
          "How many of the tokens are the question.")
      .def_prop_ro(
          "path", [](const SourcedFact& self) { return tokens_array(self.item.path); },
          nb::rv_policy::reference,
          "The true entities from the head on: int32 [N]; empty where unknown.")
      .def_prop_ro(
          "noisy", [](const SourcedFact& self) { return self.item.noisy; },
          "Whether noise was drawn for the answer.")
      .def_prop_ro(
          "question", [](const SourcedFact& self) { return text_of(self, self.item.question()); },
          "'<e_12><r_7><r_33>'.")
      .def_prop_ro(
          "answer", [](const SourcedFact& self) { return text_of(self, self.item.answer()); },
          "'<e_9><e_4></a>'.")
      .def(
          "text", [](const SourcedFact& self) { return text_of(self, self.item.tokens); },
          "Question and answer as text.")
      .def("svg", &picture_of, "The path as SVG.")
      .def("_repr_svg_", &picture_of)
      .def("_record",
           [](const SourcedFact& self) {
             const std::string record = encode_fact(self.item);
             return nb::bytes(record.data(), record.size());
           })
      .def(
          "__eq__",
          [](const SourcedFact& self, const SourcedFact& other) { return self.item == other.item; },
          nb::is_operator())
      .def("__hash__",
           [](const SourcedFact& self) { return std::hash<std::string>{}(encode_fact(self.item)); })
      .def("__repr__",
           [](const SourcedFact& self) {
             return cat("<Fact ", self.item.id, ": ", text_of(self, self.item.tokens), ">");
           })
      .def("__reduce__", &reduced_fact);
  module.def("fact_from_record", [](const nb::bytes& record, const std::string& vocabulary) {
    auto origin = std::make_shared<FactOrigin>();
    origin->vocabulary = fact_vocabulary(parse_json(vocabulary));
    return fact_of({record.c_str(), record.size()}, std::move(origin));
  });
}

}  // namespace recombine::python
