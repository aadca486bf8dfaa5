#pragma once
// What a wrong answer was, and how often.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// Where the nearest program to an answer differs from the right one.
struct RuleChange {
  std::string role;   ///< "shape", "color", "indicator"; "order" of the rules
  std::string truth;  ///< the rule of that role: "translation x 1"; "none" where it has none
  std::string shown;  ///< what the answer shows: a rule, "left out" or "twice"

  friend bool operator==(const RuleChange&, const RuleChange&) = default;
};

struct ErrorVerdict {
  std::string_view kind;            ///< a name of kinds.h; "" where nothing is wrong
  std::vector<RuleChange> changes;  ///< where a program explains the answer

  friend bool operator==(const ErrorVerdict&, const ErrorVerdict&) = default;
};

/// How many answers are of a kind; those that are of none are left out.
using ErrorCounts = std::map<std::string, std::uint64_t>;

/// By role, the right rule and the rule that answers show.
using RuleConfusion = std::map<std::string, std::map<std::string, ErrorCounts>>;

inline void count_changes(RuleConfusion& confusion, const ErrorVerdict& verdict) {
  for (const RuleChange& change : verdict.changes)
    ++confusion[change.role][change.truth][change.shown];
}

}  // namespace recombine
