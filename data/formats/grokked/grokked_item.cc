// Items of the published experiments with facts, and back.

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/fact_form.h"
#include "data/formats/fact_text.h"
#include "data/formats/grokked/grokked.h"
#include "data/formats/lines.h"
#include "data/json.h"

namespace recombine {
namespace {

std::vector<Token> read_tokens(const Json& row, const char* key, const FactVocabulary& vocabulary) {
  const auto& text = member(row, key).get_ref<const std::string&>();
  const auto tokens = vocabulary.parse(text);
  require_data(tokens.has_value(), key, " \"", text,
               "\" must be tokens of vocab.json without blanks between them");
  return *tokens;
}

/// What the complex task calls comparisons of ID entities, and of ID with OOD entities.
constexpr std::array kComplexTypes = {
    std::pair{"train_inferred_topleft", FactType::kTrainInferred},
    std::pair{"train_inferred_cross", FactType::kTrainInferred2},
};

std::string_view published_type(FactType type, const FactVocabulary& vocabulary) {
  if (vocabulary.task != "complex") return type_name(type);
  for (const auto& [name, own] : kComplexTypes) {
    if (own == type) return name;
  }
  return type_name(type);
}

FactType type_of(const std::string& name, const FactVocabulary& vocabulary) {
  for (const auto& [published, type] : kComplexTypes) {
    if (name == published && vocabulary.task == "complex") return type;
  }
  return fact_type(name);
}

/// The two-hop fact from entity `first` of a way on: ["question", "question answer"].
std::string half(const FactItem& item,
                 const FactVocabulary& vocabulary,
                 std::span<const Token> way,
                 std::size_t first) {
  std::vector<Token> tokens = {way[first], item.tokens[first + 1], item.tokens[first + 2]};
  const std::string question = vocabulary.text(tokens);
  if (has_chain(item, vocabulary)) tokens.push_back(way[first + 1]);
  tokens.insert(tokens.end(), {way[first + 2], vocabulary.end()});
  return cat("[\"", question, "\", \"", vocabulary.text(tokens), "\"]");
}

/// Both halves of an item of three hops, along what it answers or, without chain, along its path.
std::string halves(const FactItem& item, const FactVocabulary& vocabulary) {
  const std::span<const Token> question = item.question();
  std::vector<Token> way = item.path;
  if (has_chain(item, vocabulary)) {
    const std::span<const Token> answer = item.answer();
    way = {item.tokens.front()};
    way.insert(way.end(), answer.begin(), answer.end() - 1);
  }
  require_data(question.size() == kThreeHopTokens && way.size() == kThreeHopTokens, "item \"",
               item.id, "\": is no fact of three hops whose path is known");
  return cat(", \"hop1\": ", half(item, vocabulary, way, 0),
             ", \"hop2\": ", half(item, vocabulary, way, 1));
}

}  // namespace

bool has_chain(const FactItem& item, const FactVocabulary& vocabulary) {
  return !vocabulary.compares() && item.answer().size() > 2;
}

bool is_identity(const FactItem& item, const FactVocabulary& vocabulary) {
  return !vocabulary.compares() && item.question().size() == 1;
}

bool is_atomic(const FactItem& item, const FactVocabulary& vocabulary) {
  return std::ranges::count_if(item.question(),
                               [&](Token token) { return token < vocabulary.end(); }) == 2;
}

std::string grokked_item(const FactItem& item, const FactVocabulary& vocabulary, GrokkedFile file) {
  std::string text = "{" + fact_texts(item, vocabulary);
  const bool chain = has_chain(item, vocabulary);
  const std::size_t asked = item.question().size();
  if (chain && asked == kTwoHopTokens) {
    text += item.noisy ? R"(, "train_noise": 1)" : R"(, "train_noise": 0)";
  }
  if (file == GrokkedFile::kThreeHop || (chain && asked == kThreeHopTokens)) {
    text += halves(item, vocabulary);
  }
  const bool training_file = file == GrokkedFile::kTrain || file == GrokkedFile::kValid;
  if (!training_file || vocabulary.compares()) {
    text += cat(R"(, "type": ")", published_type(item.type, vocabulary), '"');
  }
  return text + '}';
}

GrokkedRow parse_grokked_row(const Json& row, const FactVocabulary& vocabulary) {
  GrokkedRow read;
  FactItem& item = read.item;
  const std::vector<Token> question = read_tokens(row, "input_text", vocabulary);
  item.tokens = read_tokens(row, "target_text", vocabulary);
  item.prompt = static_cast<int>(question.size());
  require_data(
      question.size() <= item.tokens.size() && std::ranges::equal(question, item.question()),
      "target_text must begin with input_text");
  require_data(has_a_form(item, vocabulary), "\"", vocabulary.text(item.tokens),
               "\" has the form of no item of the ", vocabulary.task, " task");
  item.id = vocabulary.id(question);
  if (row.contains("type")) {
    read.type = item.type = type_of(row["type"].get_ref<const std::string&>(), vocabulary);
    const bool atomic = item.type == FactType::kIdAtomic || item.type == FactType::kOodAtomic;
    require_data(atomic == is_atomic(item, vocabulary), "type \"", type_name(item.type),
                 "\" for \"", vocabulary.text(question),
                 "\": single facts alone are called atomic");
    require_data((item.type == FactType::kIdentity) == is_identity(item, vocabulary), "type \"",
                 type_name(item.type), "\" for \"", vocabulary.text(question),
                 "\": entities alone are called identity");
  }
  if (row.contains("train_noise")) {
    read.noisy = whole_number(row["train_noise"], "train_noise", 1) == 1;
  }
  return read;
}

}  // namespace recombine
