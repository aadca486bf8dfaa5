#include "data/formats/fact_form.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace recombine {
namespace {

/// Kinds of tokens: entity, relation, value, label, </a>, <q>, <mask>, </q>, <a>.
char kind_of(Token token, const FactVocabulary& vocabulary) {
  if (vocabulary.is_entity(token)) return 'e';
  if (vocabulary.is_relation(token)) return 'r';
  if (token < vocabulary.value(0)) return "/qmQa"[token - vocabulary.end()];
  return token < vocabulary.label(0, 0) ? 'v' : 'l';
}

/// Kinds of the tokens of a question, and of its answer.
struct Form {
  std::string_view task;
  std::string_view question;
  std::string_view answer;
};

constexpr std::array kForms = {
    Form{"composition", "e", "e/"},    Form{"composition", "er", "e/"},
    Form{"composition", "err", "e/"},  Form{"composition", "err", "ee/"},
    Form{"composition", "errr", "e/"}, Form{"composition", "errr", "eee/"},
    Form{"comparison", "er", "v/"},    Form{"comparison", "rqeme", "l/"},
    Form{"complex", "qermQ", "av/"},   Form{"complex", "rqemeQ", "al/"},
};

}  // namespace

bool has_a_form(const FactItem& item, const FactVocabulary& vocabulary) {
  std::string kinds;
  for (const Token token : item.tokens) kinds += kind_of(token, vocabulary);
  const std::string_view text = kinds;
  const auto prompt = static_cast<std::size_t>(item.prompt);
  return std::ranges::any_of(kForms, [&](const Form& form) {
    return form.task == vocabulary.task && form.question == text.substr(0, prompt) &&
           form.answer == text.substr(prompt);
  });
}

}  // namespace recombine
