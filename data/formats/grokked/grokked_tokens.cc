// vocab.json of the published experiments with facts.

#include <algorithm>
#include <array>
#include <map>

#include "data/error.h"
#include "data/formats/grokked/grokked.h"
#include "data/text.h"

namespace recombine {
namespace {

constexpr std::array<std::string_view, 6> kSpecials = {"<mask>", "<sep>", "<a>",
                                                       "</a>",   "<q>",   "</q>"};
constexpr std::string_view kBridge = "<b>";

bool is_value(std::string_view token) {
  return token.size() > 2 && parse_number<int>(token.substr(1, token.size() - 2)).has_value();
}

/// How many entities, relations and values there are, if the tokens are what they should be.
FactVocabulary counted(std::span<const std::string> tokens) {
  FactVocabulary vocabulary;
  for (const std::string& token : tokens) {
    const bool attribute = token.starts_with("<attr_");
    const bool label = attribute && std::ranges::count(token, '_') == 2;
    if (attribute) vocabulary.task = "comparison";
    vocabulary.entities += token.starts_with("<e_") ? 1 : 0;
    vocabulary.relations += token.starts_with("<r_") || (attribute && !label) ? 1 : 0;
    vocabulary.values += is_value(token) ? 1 : 0;
  }
  return vocabulary;
}

}  // namespace

std::vector<std::string> grokked_tokens(const FactVocabulary& vocabulary, bool chains) {
  std::vector<std::string> tokens;
  const auto add = [&](Token first, Token last) {
    for (Token token = first; token < last; ++token) tokens.push_back(vocabulary.text(token));
  };
  add(vocabulary.entity(0), vocabulary.end());
  if (vocabulary.compares()) add(vocabulary.value(0), vocabulary.label(0, 0));
  tokens.insert(tokens.end(), kSpecials.begin(), kSpecials.end());
  if (chains) tokens.emplace_back(kBridge);
  if (vocabulary.compares()) add(vocabulary.label(0, 0), static_cast<Token>(vocabulary.size()));
  return tokens;
}

FactVocabulary grokked_vocabulary(std::span<const std::string> tokens) {
  FactVocabulary vocabulary = counted(tokens);
  require_data(vocabulary.entities > 0 && vocabulary.relations > 0,
               R"(has no entities or no relations; such as "<e_0>" and "<r_0>" or "<attr_0>")");
  std::map<std::string, bool> seen;
  for (const std::string& token : grokked_tokens(vocabulary, true)) seen[token] = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto found = seen.find(tokens[i]);
    require_data(found != seen.end(), "item ", i, ": \"", tokens[i], "\" is no token beside ",
                 vocabulary.entities, " entities and ", vocabulary.relations, " relations");
    require_data(!found->second, "item ", i, ": \"", tokens[i], "\" appears twice");
    found->second = true;
  }
  for (const auto& [token, is_there] : seen) {
    require_data(is_there || token == kBridge, "lacks \"", token, "\"");
  }
  return vocabulary;
}

}  // namespace recombine
