#pragma once
// The static data: a control without meta-learning, six fixed rules in place of drawn ones
// (arXiv 2504.01445, static data).

#include "generator/grids/search/draft.h"

namespace recombine {

/// Two shape rules, two colour rules and two indicator rules, an episode for each combination.
inline constexpr int kFixedEpisodes = 8;

/// The grammar of combination `index`: the shape rule's choice outermost, the indicator rule's
/// innermost. The indicator is in its place.
DraftGrammar fixed_grammar(int index);

}  // namespace recombine
