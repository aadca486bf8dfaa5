#pragma once
// Which grids an executor runs by which rule, and which pairs show a rule. Without tensors: the
// same for all episodes of a batch.

#include <array>
#include <vector>

#include "models/batch.h"

namespace recombine {

/// The rules in their order: shape, colour, indicator.
inline constexpr std::array<Roles, 3> kRuleOrder = {kShapeRole, kColourRole, kIndicatorRole};

/// One rule's turn. Items 0 .. S - 1 are the study pairs, the others queries.
struct RuleTurn {
  std::vector<int> evidence;  ///< study pairs that the rule is inferred from
  std::vector<int> execute;   ///< items that the rule is run on
};

struct ExecutorPlan {
  std::array<RuleTurn, 3> turns;
  std::vector<int> new_queries;  ///< queries that repeat no study pair: items S, S + 1 ...
  std::vector<int> answers;      ///< [Q] the item that answers each query
};

/// A pair is evidence for its last rule, the rules before it having been run on its input; without
/// `explain_away` only a pair of one rule is. A rule that has no evidence so is inferred from all
/// pairs that need it, as they stand. A study pair is run by its last rule only where it is asked.
/// Throws InputError for study pairs of unknown sections, and for a rule that no pair shows.
ExecutorPlan executor_plan(const std::vector<Roles>& study,
                           const std::vector<QueryKind>& queries,
                           bool explain_away);

/// Where an asked item is a study pair that is evidence as well, the rule is inferred for it from
/// the rest of the evidence.
struct LeftOut {
  std::vector<std::int64_t> pairs;  ///< positions in the evidence of the pairs that are asked
  std::vector<std::int64_t> rows;   ///< of each item: 1 + i where it is pairs[i], else 0

  /// Of each item: the position in the evidence of the pair that it does without, or -1.
  std::vector<std::int64_t> missed() const;
};

/// No pair where `on` is false, or where there is no other evidence.
LeftOut left_out(const std::vector<int>& evidence, const std::vector<int>& items, bool on);

}  // namespace recombine
