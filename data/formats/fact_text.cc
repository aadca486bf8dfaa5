#include "data/formats/fact_text.h"

#include <algorithm>

#include "data/error.h"

namespace recombine {

std::string fact_texts(const FactItem& item, const FactVocabulary& vocabulary) {
  return cat(R"("input_text": ")", vocabulary.text(item.question()), R"(", "target_text": ")",
             vocabulary.text(item.tokens), '"');
}

std::string spaced_tokens(std::span<const Token> tokens, const FactVocabulary& vocabulary) {
  std::string text;
  for (const Token token : tokens) text += cat(text.empty() ? "" : " ", vocabulary.text(token));
  return text;
}

FactType fact_type(std::string_view name) {
  const auto* const found = std::ranges::find(kFactTypes, name);
  require_data(found != kFactTypes.end(), "type \"", name, "\" is none; such as \"",
               type_name(FactType::kIdAtomic), "\" or \"", type_name(FactType::kTestOod), "\"");
  return static_cast<FactType>(found - kFactTypes.begin());
}

}  // namespace recombine
