#include "eval/llm/prompts/fact_words.h"

namespace recombine {

std::string plain_tokens(std::span<const Token> tokens, const FactVocabulary& vocabulary) {
  std::string words;
  for (const Token token : tokens) {
    const std::string text = vocabulary.text(token);
    if (!words.empty()) words += ' ';
    words += text.substr(1, text.size() - 2);
  }
  return words;
}

}  // namespace recombine
