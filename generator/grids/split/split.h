#pragma once
// What a split of a grid data set holds out and keeps: the section [split] of a config.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "data/episode.h"
#include "data/fields.h"
#include "data/random.h"
#include "data/random_cpython.h"
#include "generator/grids/split/axes.h"

namespace recombine {

struct SplitConfig {
  Names axis = {"systematicity"};
  Names hold_out = {};
  std::string protocol = "ours";
  std::uint64_t seed = 1860;
  double test_fraction = 0.2;
  double id_fraction = 0.05;
  int min_func_examples = -1;
  int primitives = 2;
  int compositions = 2;
  int queries = 10;
  int few_shots = 0;
  bool shuffle_study = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("axis", self.axis,
          "what is held out; of several, OOD sets hold what is held out on each, and train what is "
          "on none",
          {.values = axis_values(), .listed = "axes"});
    visit("hold-out", self.hold_out,
          "levels of an axis to hold out, AXIS=LEVEL each (size=9); empty: drawn by the seed. Not "
          "for systematicity");
    visit("protocol", self.protocol, "which sets there are",
          {.values = {{"ours", "with ID validation and test sets"},
                      {"published", "as published: no ID sets"}}});
    visit("seed", self.seed, "which levels are held out, and which episodes the ID sets get");
    visit("test-fraction", self.test_fraction, "part of an axis's levels that is held out",
          {.range = inside(0, 1)});
    visit("id-fraction", self.id_fraction,
          "part of the trained levels' episodes in each of val_id and test_id",
          {.read_by = {"ours"}, .range = from_to_below(0, 0.5)});
    visit("min-func-examples", self.min_func_examples,
          "held-out episodes need each rule this often in train; -1: 5000 if published, else 0",
          {.range = at_least(-1)});
    visit("primitives", self.primitives, "study pairs kept of each one-rule section; -1: all",
          {.range = at_least(-1)});
    visit("compositions", self.compositions, "study pairs kept of each two-rule section; -1: all",
          {.range = at_least(-1)});
    visit("queries", self.queries, "queries kept of each episode", {.range = at_least(1)});
    visit("few-shots", self.few_shots, "further queries that are shown as study pairs",
          {.range = at_least(0)});
    visit("shuffle-study", self.shuffle_study, "shuffle the study pairs of an episode");
  }

  friend bool operator==(const SplitConfig&, const SplitConfig&) = default;

  /// Throws InputError, naming the option at fault.
  void validate() const;
  /// Whether triplets of types are held out and nothing else is.
  bool is_systematicity() const { return axis == Names{"systematicity"}; }
  /// min_func_examples with -1 resolved.
  int min_examples() const;
};

/// The triplets of types, as triplet() writes them, in train and held out.
struct TripletSplit {
  std::vector<std::string> train;
  std::vector<std::string> test;
};

/// Which triplets of `types` (in the generator's order) are held out. Uses the published rule: the
/// triplets in lexicographic order of position, shuffled by CPython's random with `config.seed`.
TripletSplit split_triplets(const std::vector<std::string>& types, const SplitConfig& config);
/// The same out of a stream that the published script goes on with, and for episodes of so many
/// rules.
TripletSplit split_triplets(const std::vector<std::string>& types,
                            const SplitConfig& config,
                            CPythonRandom& random,
                            std::size_t rules = 3);

/// The episode as a split keeps it: the first `primitives` pairs of each one-rule section, the
/// first `compositions` of each two-rule section, the first `queries` queries, then `few_shots`
/// further queries as study examples. What is left of the study sections becomes `spare`.
Episode reduce(const Episode& episode, const SplitConfig& config);
/// The same as the split's sets have it: the published protocol keeps no `spare`. Not shuffled yet.
Episode reduce_for_set(const Episode& episode, const SplitConfig& config);

}  // namespace recombine
