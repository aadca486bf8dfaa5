// Facts as our own JSON lines.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/fact_form.h"
#include "data/formats/fact_text.h"
#include "data/formats/jsonl/jsonl.h"
#include "data/formats/lines.h"
#include "data/json_words.h"

namespace recombine {
namespace {

/// ["<e_0>", "<r_1>"]
std::string list(std::span<const Token> tokens, const FactVocabulary& vocabulary) {
  std::string text = "[";
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    text += cat(i == 0 ? "" : ", ", '"', vocabulary.text(tokens[i]), '"');
  }
  return text + ']';
}

std::vector<Token> tokens_from(const Json& row, const char* key, const FactVocabulary& vocabulary) {
  std::vector<Token> tokens;
  for (const Json& text : member(row, key)) {
    const auto token = vocabulary.find(text.get_ref<const std::string&>());
    require_data(token.has_value(), "\"", key, "\": ", text.dump(),
                 " is no token of the vocabulary");
    tokens.push_back(*token);
  }
  return tokens;
}

FactItem fact_from_json(const Json& row, const FactVocabulary& vocabulary) {
  require_data(fact_vocabulary(member(row, "vocabulary")) == vocabulary,
               "has another vocabulary than the first row; one file is of one world");
  FactItem item;
  item.tokens = tokens_from(row, "question", vocabulary);
  item.prompt = static_cast<int>(item.tokens.size());
  const std::vector<Token> answer = tokens_from(row, "answer", vocabulary);
  item.tokens.insert(item.tokens.end(), answer.begin(), answer.end());
  require_data(item.prompt > 0 && !answer.empty(), "has no question or no answer");
  require_data(has_a_form(item, vocabulary), "\"", vocabulary.text(item.tokens),
               "\" has the form of no item of the ", vocabulary.task, " task");
  item.id = vocabulary.id(item.question());
  const Json& id = member(row, "id");
  require_data(id == item.id, "\"id\" is ", id.dump(), "; the question gives \"", item.id, "\"");
  item.type = fact_type(member(row, "type").get_ref<const std::string&>());
  item.path = tokens_from(row, "path", vocabulary);
  require_data(std::ranges::all_of(item.path, [&](Token t) { return vocabulary.is_entity(t); }),
               "\"path\" must be entities");
  member(row, "noisy").get_to(item.noisy);
  return item;
}

}  // namespace

void append_jsonl_line(std::string& text, const FactItem& item, const FactVocabulary& vocabulary) {
  text += cat(R"({"id": ")", item.id, R"(", "type": ")", type_name(item.type), R"(", "question": )",
              list(item.question(), vocabulary), R"(, "answer": )", list(item.answer(), vocabulary),
              ", ", fact_texts(item, vocabulary), R"(, "path": )", list(item.path, vocabulary),
              R"(, "noisy": )", item.noisy ? "true" : "false", R"(, "vocabulary": )",
              to_json(vocabulary).dump(), "}\n");
}

FactItem parse_jsonl_fact(std::string_view line, const FactVocabulary& vocabulary) {
  try {
    return fact_from_json(json_from_text(line), vocabulary);
  } catch (const Json::exception& error) {
    throw DataError(cat("a value is of the wrong kind (", json_words(error), ")"));
  }
}

std::optional<FactVocabulary> jsonl_vocabulary(std::string_view line) {
  const Json row = try_parse_json(line);
  if (!row.is_object() || !row.contains("vocabulary")) return std::nullopt;
  return fact_vocabulary(row["vocabulary"]);
}

}  // namespace recombine
