#include "data/formats/jsonl/jsonl.h"

#include <limits>
#include <memory>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/format.h"
#include "data/formats/grid_text.h"
#include "data/formats/import_set.h"
#include "data/formats/lines.h"
#include "data/json.h"

namespace recombine {
namespace {

constexpr const char* kLists[] = {"study", "spare", "queries"};

Json to_json(const Rule& rule) {
  Json parameters = Json::object();
  for (const Parameter& parameter : rule.parameters) parameters[parameter.name] = parameter.value;
  return {{"type", rule.type}, {"parameters", std::move(parameters)}};
}

Json to_json(const Grammar& grammar) {
  return {{"shape_rule", to_json(grammar.shape_rule)},
          {"colour_rule", to_json(grammar.colour_rule)},
          {"indicator_rule", to_json(grammar.indicator_rule)},
          {"role_shape", grammar.role_shape},
          {"role_colour", grammar.role_colour},
          {"indicator_shape", grammar.indicator_shape},
          {"indicator_colour", grammar.indicator_colour},
          {"indicator_row", grammar.indicator_row},
          {"indicator_col", grammar.indicator_col}};
}

void append_examples(std::string& text, const char* key, const std::vector<Example>& examples) {
  text += cat(", \"", key, "\": [");
  for (const Example& example : examples) {
    if (&example != &examples.front()) text += ", ";
    text += R"({"roles": ")";
    text += section_name(example.roles);
    text += R"(", "input": )";
    append_grid(text, example.input);
    text += R"(, "output": )";
    append_grid(text, example.output);
    text += '}';
  }
  text += ']';
}

Roles roles_from_name(const std::string& name) {
  for (int roles = kUnknownRoles; roles <= kAllRoles; ++roles) {
    if (section_name(static_cast<Roles>(roles)) == name) return static_cast<Roles>(roles);
  }
  throw DataError(cat("roles \"", name, R"(" are none; such as "shape+colour" or "unknown")"));
}

std::vector<Example> examples_from_json(const Json& list) {
  std::vector<Example> examples;
  for (const Json& json : list) {
    examples.push_back({roles_from_name(member(json, "roles").get<std::string>()),
                        grid_from_json(member(json, "input")),
                        grid_from_json(member(json, "output"))});
  }
  return examples;
}

Rule rule_from_json(const Json& json) {
  Rule rule{member(json, "type").get<std::string>(), {}};
  for (const auto& [name, value] : member(json, "parameters").items()) {
    rule.parameters.push_back({name, value.get<std::string>()});
  }
  return rule;
}

void read_number(const Json& json, const char* key, int most, int& value) {
  const auto limit = static_cast<std::uint64_t>(most);
  value = static_cast<int>(whole_number(member(json, key), cat('"', key, '"'), limit));
}

Grammar grammar_from_json(const Json& json) {
  Grammar grammar;
  grammar.shape_rule = rule_from_json(member(json, "shape_rule"));
  grammar.colour_rule = rule_from_json(member(json, "colour_rule"));
  grammar.indicator_rule = rule_from_json(member(json, "indicator_rule"));
  member(json, "role_shape").get_to(grammar.role_shape);
  read_number(json, "role_colour", kColours - 1, grammar.role_colour);
  member(json, "indicator_shape").get_to(grammar.indicator_shape);
  read_number(json, "indicator_colour", kColours - 1, grammar.indicator_colour);
  read_number(json, "indicator_row", kMaxSide - 1, grammar.indicator_row);
  read_number(json, "indicator_col", kMaxSide - 1, grammar.indicator_col);
  return grammar;
}

Episode episode_from_json(const Json& json) {
  Episode episode;
  member(json, "id").get_to(episode.id);
  read_number(json, "attempt", std::numeric_limits<int>::max(), episode.attempt);
  episode.grammar = grammar_from_json(member(json, "grammar"));
  std::vector<Example>* const lists[] = {&episode.study, &episode.spare, &episode.queries};
  for (std::size_t i = 0; i < std::size(lists); ++i)
    *lists[i] = examples_from_json(member(json, kLists[i]));
  require_one_side(episode);
  return episode;
}

}  // namespace

void append_jsonl_line(std::string& text, const Episode& episode) {
  text +=
      cat("{\"id\": ", Json(episode.id).dump(), ", \"attempt\": ", episode.attempt,
          ", \"side\": ", episode.side(), ", \"triplet\": ", Json(triplet(episode.grammar)).dump(),
          ", \"grammar\": ", to_json(episode.grammar).dump());
  append_examples(text, kLists[0], episode.study);
  append_examples(text, kLists[1], episode.spare);
  append_examples(text, kLists[2], episode.queries);
  text += "}\n";
}

Episode parse_jsonl_line(std::string_view line) {
  try {
    return episode_from_json(json_from_text(line));
  } catch (const Json::exception& error) {
    throw DataError(cat("a value is of the wrong kind (", error.what(), ")"));
  }
}

void export_jsonl(const ExportJob& job) {
  using Facts = void (*)(std::string&, const FactItem&, const FactVocabulary&);
  using Episodes = void (*)(std::string&, const Episode&);
  export_each_set(job, ".jsonl", {Episodes{append_jsonl_line}, Facts{append_jsonl_line}});
}

void import_jsonl(const ImportJob& job) {
  const std::optional<FactVocabulary> facts = jsonl_vocabulary(first_line(job.in));
  auto set = facts ? std::make_unique<ImportedSet>(job.out, job.force, *facts)
                   : std::make_unique<ImportedSet>(job.out, job.force);
  for_each_line(job.in, [&](std::string_view line, std::uint64_t index) {
    if (facts) {
      set->add(parse_jsonl_fact(line, *facts));
    } else {
      set->add(parse_jsonl_line(line));
    }
    job.watch(index + 1, 0);
  });
  set->finish(
      import_recipe("jsonl", job.in, facts ? FactRecords::kFamily : EpisodeRecords::kFamily));
}

}  // namespace recombine
