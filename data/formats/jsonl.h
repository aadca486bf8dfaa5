#pragma once
// Our own JSON lines: all that an episode holds, every key in every row.

#include <string>
#include <string_view>

#include "data/episode.h"

namespace recombine {

/// Appends an episode as a line, its end included; the keys are in docs/FORMAT.md, "jsonl".
void append_jsonl_line(std::string& text, const Episode& episode);

/// Reads what append_jsonl_line() wrote. Throws DataError for anything else.
Episode parse_jsonl_line(std::string_view line);

}  // namespace recombine
