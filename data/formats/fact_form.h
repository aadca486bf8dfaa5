#pragma once
// Which questions and answers there are about facts.

#include "data/fact_vocabulary.h"

namespace recombine {

/// Whether question and answer are of one of the kinds that the vocabulary's task has, such as an
/// entity with two relations, answered with an entity.
bool has_a_form(const FactItem& item, const FactVocabulary& vocabulary);

}  // namespace recombine
