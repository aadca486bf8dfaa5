#pragma once
// Which comparisons follow from trained ones, with and without the values of ID entities.

#include <span>
#include <vector>

#include "generator/facts/pairs.h"

namespace recombine {

/// A comparison of x with y by some attribute.
struct ComparedPair {
  int x = 0;
  int y = 0;

  friend bool operator==(const ComparedPair&, const ComparedPair&) = default;
};

/// The comparisons of two OOD entities, in both orders, that follow by transitivity from the
/// `trained` comparisons of ID with OOD entities together with the values of ID entities, but not
/// from all `trained` comparisons without values. "Follows" means a path of steps from the larger
/// to the smaller or equal, one way or the other.
std::vector<ComparedPair> hard_comparisons(const ValueTable& table,
                                           int attribute,
                                           std::span<const ComparedPair> trained);

}  // namespace recombine
