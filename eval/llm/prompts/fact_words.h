#pragma once
// Tokens of facts as words for language models.

#include <span>
#include <string>

#include "data/fact_vocabulary.h"

namespace recombine {

/// "e_0 r_110 e_162": tokens without their angle brackets, a blank between two.
std::string plain_tokens(std::span<const Token> tokens, const FactVocabulary& vocabulary);

}  // namespace recombine
