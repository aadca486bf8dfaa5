#include "eval/page/item_json.h"

#include <array>
#include <cstdio>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "eval/drawing/fact_chain.h"
#include "eval/drawing/patterns.h"
#include "eval/report/error_tables.h"
#include "eval/scoring/reading_notes.h"

namespace recombine {
namespace {

/// Of a wrong answer.
Json verdict_json(const QueryScore& score) {
  Json json = Json::object();
  if (!score.error.kind.empty()) json["kind"] = score.error.kind;
  if (!score.error.changes.empty()) json["changes"] = changes_text(score.error.changes);
  if (!score.invalid.empty()) json["why"] = beginning_of(score.invalid);
  return json;
}

/// Right, or not there: nothing more is to be said. Null otherwise.
Json short_answer(const QueryScore& score) {
  if (score.state == QueryState::kMissing) return 0;
  return score.exact() ? Json(1) : Json(nullptr);
}

std::string rule_words_of(const Rule& rule) {
  std::string text = rule.type;
  for (const Parameter& parameter : rule.parameters) text += cat(" ", parameter.value);
  return text;
}

std::vector<std::string> short_texts(std::span<const Token> tokens,
                                     const FactVocabulary& vocabulary) {
  std::vector<std::string> texts;
  texts.reserve(tokens.size());
  for (const Token token : tokens) texts.push_back(short_text(token, vocabulary));
  return texts;
}

const char* style_name(BoxStyle style) {
  if (style == BoxStyle::kRight) return "right";
  return style == BoxStyle::kWrong ? "wrong" : "";
}

std::string hex_text(Rgb colour) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "#%02x%02x%02x", colour.red, colour.green, colour.blue);
  return text.data();
}

}  // namespace

Json look_json(const PageLook& look) {
  return {{"palette", look.palette == "arc" ? "official" : look.palette}, {"marks", look.marks}};
}

Json palettes_json() {
  Json json = Json::object();
  for (const char* name : {"official", "arcprize", "published"}) {
    for (const Rgb colour : palette_named(name)) json[name].push_back(hex_text(colour));
  }
  return json;
}

Json patterns_json() {
  Json json = Json::array();
  for (Colour colour = 0; colour < kColours; ++colour) {
    Json lines = Json::array();
    for (const PatternLine& line : pattern_of(colour))
      lines.push_back({line.x, line.y, line.to_x, line.to_y});
    json.push_back(std::move(lines));
  }
  return json;
}

Json error_kinds_json() {
  Json families = Json::object();
  for (const ItemFamily& family : kFamilies) {
    Json kinds = Json::object();
    for (const ErrorKind& kind : error_kinds(family.name))
      kinds[std::string(kind.name)] = kind.summary;
    families[std::string(family.name)] = std::move(kinds);
  }
  return families;
}

std::string trimmed_text(const Grid& grid) {
  std::string text;
  for (int row = 0; row < grid.side(); ++row) {
    if (row > 0) text += '/';
    std::size_t end = text.size();
    for (int col = 0; col < grid.side(); ++col) {
      text += static_cast<char>('0' + grid(row, col));
      if (grid(row, col) != 0) end = text.size();
    }
    text.resize(end);
  }
  text.erase(text.find_last_not_of('/') + 1);
  return text;
}

Json item_json(const EpisodeSet&, const Episode& episode) {
  const Grammar& grammar = episode.grammar;
  Json rules = Json::array();
  for (const Rule& rule : grammar.rules) rules.push_back(rule_words_of(rule));
  return {{"id", episode.id},
          {"side", episode.side()},
          {"size", grammar.role_shape.size() / 2},
          {"rules", std::move(rules)},
          {"group", triplet(grammar)},
          {"queries", Json::array()}};
}

void put_study(Json& item, const Episode& episode) {
  Json study = Json::array();
  for (const Example& pair : episode.study)
    study.push_back({pair.roles, trimmed_text(pair.input), trimmed_text(pair.output)});
  item["study"] = std::move(study);
}

Json query_json(const EpisodeSet&, const Episode& episode, int query) {
  const Example& example = episode.queries.at(static_cast<std::size_t>(query));
  return {
      {"query", query}, {"in", trimmed_text(example.input)}, {"out", trimmed_text(example.output)}};
}

Json answer_json(const EpisodeSet&, const Episode& episode, int, const QueryScore& score) {
  if (Json known = short_answer(score); !known.is_null()) return known;
  Json json = verdict_json(score);
  if (score.state != QueryState::kAnswered) return json;
  const Grid& output = *score.answer->output;
  json["out"] = trimmed_text(output);
  if (output.side() != episode.side()) json["side"] = output.side();
  return json;
}

Json item_json(const FactSet& data, const FactItem& item) {
  const FactVocabulary& vocabulary = data.records().vocabulary;
  const FactChain chain = chain_of(item, vocabulary);
  Json json = {{"id", item.id},
               {"group", type_name(item.type)},
               {"nodes", short_texts(chain.nodes, vocabulary)},
               {"relations", short_texts(chain.relations, vocabulary)}};
  if (!chain.directed) json["directed"] = false;
  if (item.noisy) json["noisy"] = true;
  json["queries"] = Json::array();
  return json;
}

Json query_json(const FactSet& data, const FactItem& item, int query) {
  const FactVocabulary& vocabulary = data.records().vocabulary;
  return {{"query", query},
          {"in", vocabulary.text(item.question())},
          {"out", vocabulary.text(item.answer())}};
}

Json answer_json(const FactSet& data, const FactItem& item, int, const QueryScore& score) {
  if (Json known = short_answer(score); !known.is_null()) return known;
  const FactVocabulary& vocabulary = data.records().vocabulary;
  const FactEntry entry{item, said(score.answer, vocabulary)};
  Json json = verdict_json(score);
  json["out"] = beginning_of(entry.said->text);
  json["verdict"] = verdict(entry, vocabulary);
  const FactChain chain = chain_of(item, vocabulary);
  if (!entry.said->invalid.empty() || !chain.directed || chain.nodes.size() < 2) return json;
  for (const SaidNode& node : said_nodes(entry, chain, vocabulary))
    json["nodes"].push_back({node.text, style_name(node.style)});
  return json;
}

}  // namespace recombine
