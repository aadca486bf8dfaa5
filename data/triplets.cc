#include "data/triplets.h"

#include <algorithm>
#include <span>

#include "data/random.h"
#include "data/text.h"

namespace recombine {

namespace {

/// All sets of `wanted` types, in lexicographic order of positions, after those of `chosen`.
void add_sets(const std::vector<std::string>& types,
              std::size_t first,
              std::size_t wanted,
              TypeTriplet& chosen,
              std::vector<TypeTriplet>& all) {
  if (chosen.size() == wanted) {
    all.push_back(chosen);
    return;
  }
  for (std::size_t i = first; i < types.size(); ++i) {
    chosen.push_back(types[i]);
    add_sets(types, i + 1, wanted, chosen, all);
    chosen.pop_back();
  }
}

}  // namespace

std::vector<TypeTriplet> drawn_triplets(const std::vector<std::string>& types,
                                        CPythonRandom& random,
                                        std::size_t rules) {
  std::vector<TypeTriplet> all;
  TypeTriplet chosen;
  add_sets(types, 0, rules, chosen, all);
  shuffle(random, std::span(all));
  return all;
}

std::string triplet_text(TypeTriplet types) {
  std::ranges::sort(types);
  return join_text(types, "+");
}

}  // namespace recombine
