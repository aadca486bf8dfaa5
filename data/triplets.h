#pragma once
// Which triplets of transformation types a split holds out, by the published rule
// (Compositional-ARC, arXiv 2504.01445).

#include <cstddef>
#include <string>
#include <vector>

#include "data/random_cpython.h"

namespace recombine {

/// As many types as an episode has rules.
using TypeTriplet = std::vector<std::string>;

/// All triplets of `types`, each in their order: in lexicographic order of positions, then shuffled
/// by CPython's random. A split holds out the first ones. Where episodes have more `rules` than
/// three, all sets of so many.
std::vector<TypeTriplet> drawn_triplets(const std::vector<std::string>& types,
                                        CPythonRandom& random,
                                        std::size_t rules = 3);

/// "grow+mirror+translation": the names sorted, as triplet() of a grammar has them.
std::string triplet_text(TypeTriplet types);

}  // namespace recombine
