#include <array>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/carc/carc.h"
#include "data/formats/grid_text.h"
#include "data/text.h"

namespace recombine {
namespace {

using Pairs = std::vector<const Example*>;

void append_pairs(std::string& text, const Pairs& pairs) {
  text += '[';
  for (const Example* pair : pairs) {
    if (pair != pairs.front()) text += ", ";
    append_pair(text, pair->input, pair->output);
  }
  text += ']';
}

void append_key(std::string& text, std::string_view key) {
  text += '"';
  text += key;
  text += "\": ";
}

Pairs all_pairs(const std::vector<Example>& examples) {
  Pairs pairs;
  for (const Example& example : examples) pairs.push_back(&example);
  return pairs;
}

/// "1" is written as a number and "-x" as a text, as the published files have them.
std::string value_text(const std::string& value) {
  return parse_number<int>(value) ? value : Json(value).dump();
}

void append_rule(std::string& text, const Rule& rule) {
  text += R"({"type": )";
  text += Json(rule.type).dump();
  text += R"(, "kwargs": {)";
  for (const Parameter& parameter : rule.parameters) {
    if (&parameter != &rule.parameters.front()) text += ", ";
    append_key(text, parameter.name);
    text += value_text(parameter.value);
  }
  text += "}}";
}

void append_meta(std::string& text, const Grammar& grammar) {
  append_key(text, "meta_data");
  text += '{';
  append_key(text, "shape_transformation");
  append_rule(text, grammar.shape_rule());
  text += ", ";
  append_key(text, "color_transformation");
  append_rule(text, grammar.colour_rule());
  text += ", ";
  append_key(text, "indicator_transformation");
  append_rule(text, grammar.indicator_rule());
  text += '}';
}

using Sections = std::array<Pairs, kStudySections.size()>;

Sections by_section(const Episode& episode) {
  Sections sections;
  for (const Example& example : episode.study) {
    std::size_t place = 0;
    while (place < sections.size() && kStudySections[place] != example.roles) ++place;
    require_data(place < sections.size(), "episode ", episode.id, ": a study example of section '",
                 section_name(example.roles),
                 "' has no place in the generator form; use the split form");
    sections[place].push_back(&example);
  }
  return sections;
}

/// Three of the sections as an object.
void append_sections(std::string& text,
                     std::string_view key,
                     const Sections& sections,
                     std::size_t first) {
  append_key(text, key);
  text += '{';
  for (std::size_t place = first; place < first + 3; ++place) {
    if (place > first) text += ", ";
    append_key(text, carc_section(kStudySections[place]));
    append_pairs(text, sections[place]);
  }
  text += "}, ";
}

}  // namespace

std::string_view carc_section(Roles roles) {
  static constexpr std::array<std::string_view, kStudySections.size()> kKeys = {
      "shape_transformation",           "color_transformation",
      "indicator_transformation",       "shape_color_transformation",
      "shape_indicator_transformation", "color_indicator_transformation"};
  for (std::size_t place = 0; place < kKeys.size(); ++place) {
    if (kStudySections[place] == roles) return kKeys[place];
  }
  return "";
}

void append_carc_line(std::string& text, const Episode& episode, CarcForm form) {
  require_data(episode.grammar.rules.size() == kUsualRoles && episode.grammar.order.empty(),
               "episode ", episode.id,
               ": the format has three rules in the order shape, colour, indicator; use jsonl");
  text += '{';
  if (form == CarcForm::kGenerator) {
    const Sections sections = by_section(episode);
    append_sections(text, "primitive_functions", sections, 0);
    append_sections(text, "function_compositions", sections, 3);
  } else {
    append_key(text, "study_examples");
    append_pairs(text, all_pairs(episode.study));
    text += ", ";
  }
  append_key(text, "queries");
  append_pairs(text, all_pairs(episode.queries));
  text += ", ";
  append_meta(text, episode.grammar);
  text += "}\n";
}

std::string carc_line(const Episode& episode, CarcForm form) {
  std::string text;
  append_carc_line(text, episode, form);
  return text;
}

}  // namespace recombine
