#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/carc/carc.h"
#include "data/formats/grid_text.h"
#include "data/formats/lines.h"

namespace recombine {
namespace {

Example pair_from_json(const Json& json, Roles roles) {
  require_data(json.is_array() && json.size() == 2, "a pair must be [input grid, output grid]");
  return {roles, grid_from_json(json[0]), grid_from_json(json[1])};
}

void append_pairs(std::vector<Example>& examples, const Json& json, Roles roles) {
  require_data(json.is_array(), "pairs must be a list");
  for (const Json& pair : json) examples.push_back(pair_from_json(pair, roles));
}

/// Errors in `read` get the key in front.
template <class Read>
void in_member(const Json& object, const char* key, Read&& read) {
  const Json& value = member(object, key);
  try {
    read(value);
  } catch (const DataError& error) {
    throw DataError(cat("\"", key, "\": ", error.what()));
  }
}

std::string value_from_json(const Json& json) {
  require_data(json.is_string() || json.is_number_integer(), "value ", json.dump(),
               " of a parameter is neither a text nor a whole number");
  return json.is_string() ? json.get<std::string>() : json.dump();
}

Rule rule_from_json(const Json& json) {
  const Json& type = member(json, "type");
  const Json& kwargs = member(json, "kwargs");
  require_data(type.is_string(), "\"type\" is no text");
  require_data(kwargs.is_object(), "\"kwargs\" is no object");
  Rule rule{type.get<std::string>(), {}};
  for (const auto& [name, value] : kwargs.items()) {
    rule.parameters.push_back({name, value_from_json(value)});
  }
  return rule;
}

bool is_old_rotation(const Rule& rule) {
  return rule.type == "rotation" && rule.parameters.size() == 1 &&
         rule.parameters.front() == Parameter{"rotation_type", "8"};
}

/// Three of the sections: those from kStudySections[first] on.
void read_sections(std::vector<Example>& study, const Json& sections, std::size_t first) {
  for (std::size_t place = first; place < first + 3; ++place) {
    const Roles roles = kStudySections[place];
    in_member(sections, carc_section(roles).data(),
              [&](const Json& pairs) { append_pairs(study, pairs, roles); });
  }
}

void read_study(CarcLine& line, const Json& json) {
  auto& study = line.episode.study;
  if (!json.contains("study_examples")) {
    in_member(json, "primitive_functions", [&](const Json& in) { read_sections(study, in, 0); });
    in_member(json, "function_compositions", [&](const Json& in) { read_sections(study, in, 3); });
    return;
  }
  line.form = CarcForm::kSplit;
  in_member(json, "study_examples",
            [&](const Json& pairs) { append_pairs(study, pairs, kUnknownRoles); });
}

}  // namespace

void finish_carc_line(CarcLine& line) {
  if (line.form == CarcForm::kSplit) name_roles(line.episode);
  line.old_rotation = std::ranges::any_of(line.episode.grammar.rules, is_old_rotation);
}

CarcLine parse_carc_line(std::string_view text, std::string id) {
  std::optional<CarcLine> fast = fast_carc_line(text);
  CarcLine line = fast ? *std::move(fast) : carc_line_from_json(json_from_text(text));
  line.episode.id = std::move(id);
  return line;
}

CarcLine carc_line_from_json(const Json& json) {
  CarcLine line;
  read_study(line, json);
  // Where nothing is shown, pairs of all sections are asked, and the line does not say which.
  const Roles asked = line.episode.study.empty() ? kUnknownRoles : kAllRoles;
  in_member(json, "queries",
            [&](const Json& pairs) { append_pairs(line.episode.queries, pairs, asked); });
  require_one_side(line.episode);
  Grammar& grammar = line.episode.grammar;
  in_member(json, "meta_data", [&](const Json& meta) {
    const auto read = [&](const char* key, Rule& rule) {
      in_member(meta, key, [&](const Json& value) { rule = rule_from_json(value); });
    };
    read("shape_transformation", grammar.shape_rule());
    read("color_transformation", grammar.colour_rule());
    read("indicator_transformation", grammar.indicator_rule());
  });
  finish_carc_line(line);
  return line;
}

}  // namespace recombine
