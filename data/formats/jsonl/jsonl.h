#pragma once
// Our own JSON lines: all that an item holds, every key in every row.

#include <optional>
#include <string>
#include <string_view>

#include "data/episode.h"
#include "data/fact_vocabulary.h"

namespace recombine {

/// Appends an episode as a line, its end included; the keys are in docs/FORMAT.md, "jsonl".
void append_jsonl_line(std::string& text, const Episode& episode);

/// Reads what append_jsonl_line() wrote. Throws DataError for anything else.
Episode parse_jsonl_line(std::string_view line);

/// The same of a fact; the vocabulary is in every row, for its numbers are of a world, not of an
/// item.
void append_jsonl_line(std::string& text, const FactItem& item, const FactVocabulary& vocabulary);

/// Reads what the former wrote. Throws DataError for anything else, also for another vocabulary.
FactItem parse_jsonl_fact(std::string_view line, const FactVocabulary& vocabulary);

/// The vocabulary that a line names; nothing where it is no fact.
std::optional<FactVocabulary> jsonl_vocabulary(std::string_view line);

}  // namespace recombine
