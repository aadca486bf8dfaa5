#pragma once
// What wrong answers were, shown.

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eval/errors/kinds.h"
#include "eval/errors/verdict.h"
#include "eval/report/report.h"
#include "eval/tables/table.h"

namespace recombine {

/// Those of a family's name.
std::span<const ErrorKind> error_kinds(std::string_view family);

/// Two tables: a line a kind with its number in each split and its share of the wrong answers
/// there; a line for each rule that answers show in the place of another, the most frequent first,
/// of which the first `most_rules`. A table without lines is left out.
std::vector<Table> error_tables(const Report& report,
                                std::size_t most_rules = std::numeric_limits<std::size_t>::max());

/// "shape: mirror y -> left out; colour: translation x 1 -> twice".
std::string changes_text(std::span<const RuleChange> changes);

}  // namespace recombine
