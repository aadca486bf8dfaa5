#pragma once
// Twins: two episodes that differ in one rule, or in the order of two, and show and ask the same
// inputs.

#include <optional>
#include <string>
#include <string_view>

#include "data/random.h"
#include "generator/grids/search/draft.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// The id of the other twin: "e12t" of "e12", "e12" of "e12t"; nothing for ids of another form.
/// Whether both are there is for the data set to say.
std::optional<std::string> twin_id(std::string_view id);

/// Of a twin's id, whether it is that of the changed one.
inline bool is_changed_twin(std::string_view id) { return id.ends_with('t'); }

/// The grammar with one rule changed as `change` says ("parameter", "type", or either: "any") into
/// one of `space`, or with two rules that have changed places ("order"), so that every query has
/// another answer. Nothing where none can be.
std::optional<DraftGrammar> draw_twin(CounterRandom& random,
                                      std::string_view change,
                                      const RuleSpace& space,
                                      const DraftGrammar& grammar);

/// The draft's inputs under the rules of `grammar`, which take them all.
Draft with_rules(const Draft& draft, const DraftGrammar& grammar, int side);

/// Whether a study pair of the two, which have the same inputs, has another output; also where
/// there is no study pair.
bool study_differs(const Draft& a, const Draft& b);

/// Whether every query of the two, which have the same inputs, has another output.
bool queries_differ(const Draft& a, const Draft& b);

}  // namespace recombine
