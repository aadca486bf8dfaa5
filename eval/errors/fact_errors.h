#pragma once
// What a wrong answer to a question about facts was: which hop went wrong, and where it led.

#include <functional>
#include <span>

#include "data/fact_vocabulary.h"
#include "eval/errors/verdict.h"

namespace recombine {

/// Whether the relation leads to the entity from some other.
using LeadsTo = std::function<bool(Token relation, Token entity)>;

/// The first of fact_error_kinds() that fits what was said (without </a>): no right answer. Bridges
/// are looked for in the answer where it has them, and on the path where that is known. `leads_to`
/// is asked where an answer without bridges is an entity.
ErrorVerdict explain_fact(const FactItem& item,
                          std::span<const Token> said,
                          const FactVocabulary& vocabulary,
                          const LeadsTo& leads_to);

}  // namespace recombine
