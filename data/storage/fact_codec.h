#pragma once
// Fact items as records: the bytes inside a shard's blocks (docs/FORMAT.md, "Records").

#include <string>
#include <string_view>

#include "data/fact_vocabulary.h"

namespace recombine {

/// The record of an item, without its id, which the question gives.
std::string encode_fact(const FactItem& item);

/// Throws DataError for bytes that are no such record, or hold a token beyond the vocabulary.
FactItem decode_fact(std::string_view record, const FactVocabulary& vocabulary);

}  // namespace recombine
