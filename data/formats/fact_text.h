#pragma once
// What formats of facts share.

#include <span>
#include <string>
#include <string_view>

#include "data/fact_vocabulary.h"

namespace recombine {

/// "input_text": "<e_0><r_1>", "target_text": "<e_0><r_1><e_2></a>": the question, and the question
/// with its answer, spaced as Python's json.dump.
std::string fact_texts(const FactItem& item, const FactVocabulary& vocabulary);

/// "<e_0> <r_1>": tokens with a blank between two.
std::string spaced_tokens(std::span<const Token> tokens, const FactVocabulary& vocabulary);

/// The type with this name; throws DataError where there is none.
FactType fact_type(std::string_view name);

}  // namespace recombine
