#pragma once
// What `generate facts` makes: the section [facts] of a config.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/fact_vocabulary.h"
#include "data/fields.h"

namespace recombine {

/// Defaults are those of the published experiments (arXiv 2502.04667 and 2405.15071), but for the
/// seed, which they do not have.
struct FactConfig {
  std::string task = "composition";
  int entities = 2000;
  int relations = 200;
  int degree = 20;
  int values = 20;
  double lambda = 7.2;
  bool cot = true;
  double noise = 0;
  std::string noise_hop = "none";
  std::string noise_mode = "clean";
  int hops = 2;
  std::uint64_t train_three_hop = 0;
  bool permutations = false;
  std::string identity = "none";
  double ood_fraction = 0.05;
  double test_fraction = 0.005;
  double sample_fraction = 0.03;
  std::uint64_t probe_items = 3000;
  std::uint64_t val_items = 500;
  std::uint64_t seed = 1860;
  Names axis = {};
  double axis_fraction = 0.2;
  std::uint64_t axis_seed = 1860;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("task", self.task, "what the questions ask",
          {.values = {{"composition", "of facts"},
                      {"comparison", "of two entities"},
                      {"complex", "comparisons that only transitivity decides"}}});
    visit("entities", self.entities, "how many there are", {.range = at_least(2)});
    visit("relations", self.relations, "how many there are (attributes, where entities compare)",
          {.range = at_least(1)});
    visit("degree", self.degree, "facts of each entity, of different relations",
          {.read_by = {"composition"}, .range = at_least(1)});
    visit("values", self.values, "ordered values that an attribute may have",
          {.read_by = {"comparison", "complex"}, .range = at_least(1)});
    visit("lambda", self.lambda,
          "trained two-hop facts (comparisons) for each atomic ID fact; complex has "
          "--sample-fraction instead",
          {.range = at_least(0)});
    visit("cot", self.cot, "the answer names the entities on the way (on or off)",
          {.read_by = {"composition"}});
    visit("noise", self.noise, "share of the trained two-hop facts that get a random answer",
          {.range = between(0, 1)});
    visit("noise-hop", self.noise_hop, "what noise replaces",
          {.values = {"none", {"first", "the bridge"}, "second", "both"}});
    visit("noise-mode", self.noise_mode, "how it does so",
          {.values = {{"clean", "each item alone"},
                      {"legacy", "a false bridge persists, as in the published runs"}}});
    visit("hops", self.hops, "3: three-hop test sets as well", {.range = between(2, 3)});
    visit("train-three-hop", self.train_three_hop, "three-hop facts to train on (--hops 3)");
    visit("permutations", self.permutations, "no two facts of a relation end alike",
          {.read_by = {"composition"}});
    visit("identity", self.identity, "what is trained beside facts: questions of no hop",
          {.read_by = {"composition"},
           .values = {"none", {"entities", "each entity alone is asked for, and is the answer"}}});
    visit("ood-fraction", self.ood_fraction,
          "share of the facts (entities of an attribute) that is held out of composed training",
          {.range = from_to_below(0, 1)});
    visit("test-fraction", self.test_fraction, "share of the ID compositions that is never trained",
          {.range = from_to_below(0, 1)});
    visit("sample-fraction", self.sample_fraction, "share of the comparisons that is trained",
          {.read_by = {"complex"}, .range = between(0, 1)});
    visit("probe-items", self.probe_items, "most items of a test set or probe",
          {.range = at_least(1)});
    visit("val-items", self.val_items, "most items of a validation set");
    visit("seed", self.seed, "names the world: the same seed gives the same bytes");
    visit("axis", self.axis,
          "what composed training leaves out instead of single facts; of several, OOD sets hold "
          "what is left out on each, and train what is on none",
          {.read_by = {"composition"}, .values = named_values(kFactAxes), .listed = "axes"});
    visit("axis-fraction", self.axis_fraction, "part of what an axis may leave out that it does",
          {.read_by = {"composition"}, .range = inside(0, 1)});
    visit("axis-seed", self.axis_seed, "draws what an axis leaves out",
          {.read_by = {"composition"}});
  }

  friend bool operator==(const FactConfig&, const FactConfig&) = default;

  /// Whether an axis holds out: not lambda and noise, whose worlds are those without an axis.
  bool holds_out_by_axis() const;
  bool has_axis(std::string_view name) const;

  /// Throws InputError, naming the option at fault, for a config that cannot give a world.
  void validate() const;

  FactVocabulary vocabulary() const;
};

/// What else the section [facts] of older files may have.
struct FactRunConfig {
  int threads = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("threads", self.threads, "threads",
          {.range = between(0, 1024), .retired = "a world is made by one thread"});
  }

  friend bool operator==(const FactRunConfig&, const FactRunConfig&) = default;
};

}  // namespace recombine
