#include "data/formats/jsonl/jsonl.h"

#include <limits>
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/format.h"
#include "data/formats/grid_text.h"
#include "data/formats/import_set.h"
#include "data/formats/lines.h"
#include "data/json.h"
#include "data/json_words.h"
#include "data/storage/text_file.h"

namespace recombine {
namespace {

constexpr const char* kFurther = "further_indicators";
constexpr const char* kOrder = "order";
constexpr const char* kLists[] = {"study", "spare", "queries"};

Json to_json(const Rule& rule) {
  Json parameters = Json::object();
  for (const Parameter& parameter : rule.parameters) parameters[parameter.name] = parameter.value;
  return {{"type", rule.type}, {"parameters", std::move(parameters)}};
}

Json to_json(const Grammar& grammar) {
  const Indicator& indicator = grammar.indicators.at(0);
  Json json = {{"shape_rule", to_json(grammar.shape_rule())},
               {"colour_rule", to_json(grammar.colour_rule())},
               {"indicator_rule", to_json(grammar.indicator_rule())},
               {"role_shape", grammar.role_shape},
               {"role_colour", grammar.role_colour},
               {"indicator_shape", indicator.shape},
               {"indicator_colour", indicator.colour},
               {"indicator_row", indicator.row},
               {"indicator_col", indicator.col}};
  for (std::size_t role = kUsualRoles; role < grammar.rules.size(); ++role) {
    const Indicator& further = grammar.indicators.at(role - kFirstIndicatorRole);
    json[kFurther].push_back({{"rule", to_json(grammar.rules[role])},
                              {"shape", further.shape},
                              {"colour", further.colour},
                              {"row", further.row},
                              {"col", further.col}});
  }
  for (const int role : grammar.order)
    json[kOrder].push_back(role_name(static_cast<std::size_t>(role)));
  return json;
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
  for (int roles = kUnknownRoles; roles <= first_roles(kMaxRoles); ++roles) {
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

void read_further(const Json& json, Grammar& grammar) {
  require_data(json.is_array() && json.size() <= kMaxRoles - kUsualRoles, '"', kFurther,
               "\" must be a list of at most ", kMaxRoles - kUsualRoles);
  for (const Json& one : json) {
    grammar.rules.push_back(rule_from_json(member(one, "rule")));
    Indicator& indicator = grammar.indicators.emplace_back();
    member(one, "shape").get_to(indicator.shape);
    read_number(one, "colour", kColours - 1, indicator.colour);
    read_number(one, "row", kMaxSide - 1, indicator.row);
    read_number(one, "col", kMaxSide - 1, indicator.col);
  }
}

void read_order(const Json& json, Grammar& grammar) {
  Roles seen = kUnknownRoles;
  for (const Json& name : json) {
    for (std::size_t role = 0; role < grammar.rules.size(); ++role) {
      if (name != role_name(role)) continue;
      grammar.order.push_back(static_cast<int>(role));
      seen |= role_bit(role);
    }
  }
  require_data(seen == grammar.all_roles() && grammar.order.size() == json.size() &&
                   json.size() == grammar.rules.size(),
               '"', kOrder, R"(" must name each role once, such as ["colour", "shape", ...])");
}

Grammar grammar_from_json(const Json& json) {
  Grammar grammar;
  Indicator& indicator = grammar.indicators.at(0);
  grammar.shape_rule() = rule_from_json(member(json, "shape_rule"));
  grammar.colour_rule() = rule_from_json(member(json, "colour_rule"));
  grammar.indicator_rule() = rule_from_json(member(json, "indicator_rule"));
  member(json, "role_shape").get_to(grammar.role_shape);
  read_number(json, "role_colour", kColours - 1, grammar.role_colour);
  member(json, "indicator_shape").get_to(indicator.shape);
  read_number(json, "indicator_colour", kColours - 1, indicator.colour);
  read_number(json, "indicator_row", kMaxSide - 1, indicator.row);
  read_number(json, "indicator_col", kMaxSide - 1, indicator.col);
  if (json.contains(kFurther)) read_further(json.at(kFurther), grammar);
  if (json.contains(kOrder)) read_order(json.at(kOrder), grammar);
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
    throw DataError(cat("a value is of the wrong kind (", json_words(error), ")"));
  }
}

void export_jsonl(const ExportJob& job) {
  using Facts = void (*)(std::string&, const FactItem&, const FactVocabulary&);
  using Episodes = void (*)(std::string&, const Episode&);
  export_each_set(job, ".jsonl", {Episodes{append_jsonl_line}, Facts{append_jsonl_line}});
}

void import_jsonl(const ImportJob& job) {
  // It is read twice: a pipe would have lost its beginning.
  require_data(!std::filesystem::exists(job.in) || std::filesystem::is_regular_file(job.in),
               job.in.string(), ": is no file; write it to one first");
  const std::optional<FactVocabulary> facts = jsonl_vocabulary(first_text_line(job.in));
  auto set = facts ? std::make_unique<ImportedSet>(job.out, job.force, *facts)
                   : std::make_unique<ImportedSet>(job.out, job.force);
  for_each_line(job.in, job.threads, [&](std::string_view line, std::uint64_t index) -> UseResult {
    const auto add = [&](const std::string& id, std::string record) {
      return [&set, &job, index, id, record = std::move(record)]() mutable {
        set->add(id, std::move(record));
        job.watch(index + 1, 0);
      };
    };
    if (facts) {
      const FactItem item = parse_jsonl_fact(line, *facts);
      return add(item.id, encode_fact(item));
    }
    const Episode episode = parse_jsonl_line(line);
    return add(episode.id, encode_episode(episode));
  });
  set->finish(
      import_recipe("jsonl", job.in, facts ? FactRecords::kFamily : EpisodeRecords::kFamily));
}

}  // namespace recombine
