#include "data/fact_vocabulary.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json_words.h"
#include "data/text.h"

namespace recombine {
namespace {

/// The symbols from </a> on, in the order of their numbers.
constexpr std::array<std::string_view, 5> kSymbols = {"</a>", "<q>", "<mask>", "</q>", "<a>"};

/// The number in "<prefix12>", below `limit`.
std::optional<int> number_in(std::string_view text, std::string_view prefix, int limit) {
  if (!text.starts_with(prefix) || !text.ends_with('>')) return std::nullopt;
  const std::string_view digits = text.substr(prefix.size(), text.size() - prefix.size() - 1);
  if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  const auto number = parse_number<int>(digits);
  if (!number || *number < 0 || *number >= limit) return std::nullopt;
  return number;
}

}  // namespace

std::int64_t FactVocabulary::count() const {
  const std::int64_t names = std::int64_t{entities} + relations;
  if (!compares()) return names + 1;
  return names + std::ssize(kSymbols) + values + std::int64_t{3} * relations;
}

std::string FactVocabulary::text(Token token) const {
  if (is_entity(token)) return cat("<e_", token, ">");
  const std::string_view relation_prefix = compares() ? "<attr_" : "<r_";
  if (is_relation(token)) return cat(relation_prefix, token - relation(0), ">");
  if (token < end() + kSymbols.size()) return std::string(kSymbols[token - end()]);
  if (token < label(0, 0)) return cat("<", token - value(0), ">");
  const Token label_number = token - label(0, 0);
  return cat("<attr_", label_number / 3, "_", label_number % 3, ">");
}

std::string FactVocabulary::text(std::span<const Token> tokens) const {
  std::string all;
  for (const Token token : tokens) all += text(token);
  return all;
}

std::optional<Token> FactVocabulary::find(std::string_view text) const {
  if (const auto number = number_in(text, "<e_", entities)) return entity(*number);
  if (const auto number = number_in(text, compares() ? "<attr_" : "<r_", relations))
    return relation(*number);
  const std::size_t symbols = compares() ? kSymbols.size() : 1;
  for (std::size_t i = 0; i < symbols; ++i) {
    if (text == kSymbols[i]) return end() + static_cast<Token>(i);
  }
  if (!compares()) return std::nullopt;
  if (const auto number = number_in(text, "<", values)) return value(*number);
  const std::size_t bar = text.rfind('_');
  if (bar == std::string_view::npos) return std::nullopt;
  const auto attribute = number_in(std::string(text.substr(0, bar)) + ">", "<attr_", relations);
  const auto order = number_in(text.substr(bar), "_", 3);
  if (!attribute || !order) return std::nullopt;
  return label(*attribute, *order);
}

std::optional<std::vector<Token>> FactVocabulary::parse(std::string_view text) const {
  std::vector<Token> tokens;
  while (!text.empty()) {
    const std::size_t close = text.find('>');
    if (close == std::string_view::npos) return std::nullopt;
    const auto token = find(text.substr(0, close + 1));
    if (!token) return std::nullopt;
    tokens.push_back(*token);
    text.remove_prefix(close + 1);
  }
  return tokens;
}

std::string FactVocabulary::id(std::span<const Token> question) const {
  std::string text;
  for (const Token token : question) {
    if (token >= end()) continue;
    if (!text.empty()) text += '.';
    text += is_entity(token) ? 'e' : 'r';
    text += std::to_string(is_entity(token) ? token : token - relation(0));
  }
  return text;
}

Json to_json(const FactVocabulary& vocabulary) {
  return {{"task", vocabulary.task},
          {"entities", vocabulary.entities},
          {"relations", vocabulary.relations},
          {"values", vocabulary.values}};
}

FactVocabulary fact_vocabulary(const Json& json) {
  try {
    FactVocabulary vocabulary{json.at("task").get<std::string>(), whole<int>(json.at("entities")),
                              whole<int>(json.at("relations")), whole<int>(json.at("values"))};
    require_data(std::ranges::find(kFactTasks, vocabulary.task) != kFactTasks.end(),
                 "vocabulary: no task '", vocabulary.task, "'");
    require_data(vocabulary.entities > 0 && vocabulary.relations > 0 && vocabulary.values >= 0,
                 "vocabulary: has no entities or relations");
    constexpr std::int64_t kMostTokens = std::numeric_limits<int>::max() / 2;
    require_data(vocabulary.count() <= kMostTokens, "vocabulary: has ", vocabulary.count(),
                 " tokens, more than ", kMostTokens);
    return vocabulary;
  } catch (const Json::exception& error) {
    throw DataError(cat("vocabulary: ", json_words(error)));
  }
}

}  // namespace recombine
