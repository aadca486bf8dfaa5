#pragma once
// What `generate grids` makes: the section [grids] of a config.

#include <string>
#include <vector>

#include "data/fields.h"

namespace recombine {

/// Defaults are those of the published data set (Compositional-ARC, configuration and command-line
/// defaults of its generator), but for its seed and its number of episodes.
struct GridConfig {
  int side = 10;
  int study = 4;
  int one_rule_pairs = -1;
  int two_rule_pairs = -1;
  int queries = 14;
  Names types = {"translation", "mirror", "rotation", "set_color", "grow"};
  Names parameters = {};
  int min_shape_size = 1;
  int max_shape_size = 9;
  int shape_box = 0;
  int max_tries = 500;
  int max_restarts = 100000;
  bool fixed_rules = false;
  bool unique = true;
  bool certify = false;
  std::string certify_order = "fixed";
  std::string certify_sections = "known";
  int certify_pairs = 2;
  int indicators = 1;
  std::string order = "fixed";
  std::string study_pairs_of = "all";
  Names query_depth = {};
  Names further_sides = {};
  Names further_study = {};
  std::string bystanders = "0";
  bool twins = false;
  std::string twin_change = "any";
  Names difficulty = {};

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    fields_of_search(self, visit);
    fields_of_choice(self, visit);
  }

  friend bool operator==(const GridConfig&, const GridConfig&) = default;

  /// Rules of an episode.
  std::size_t roles() const { return static_cast<std::size_t>(indicators) + 2; }
  bool order_is_drawn() const { return order == "episode"; }
  /// Whether episodes are certified: an order of their own has to follow from their study pairs.
  bool is_certified() const { return certify || order_is_drawn(); }
  /// Pairs in a study section: those of the option that says it.
  int one_rule() const { return one_rule_pairs < 0 ? study : one_rule_pairs; }
  int two_rule() const { return two_rule_pairs < 0 ? study : two_rule_pairs; }

  /// The configs that --further-sides, --further-study and --bystanders allow an episode; this one,
  /// with the least of its bystanders, is the first.
  /// Throws InputError.
  std::vector<GridConfig> variants() const;

  /// Throws InputError, naming the option at fault, for a config that cannot give an episode.
  void validate() const;

 private:
  /// How episodes are found.
  template <class Self, class Visit>
  static void fields_of_search(Self& self, Visit& visit) {
    visit("side", self.side, "rows and columns of a grid, in cells", {.range = between(5, 30)});
    visit("study", self.study, "pairs in each of the six study sections",
          {.range = between(0, 100)});
    visit("one-rule-pairs", self.one_rule_pairs,
          "pairs in each of the three sections of one rule; -1: as study",
          {.range = between(-1, 100)});
    visit("two-rule-pairs", self.two_rule_pairs,
          "pairs in each of the three sections of two rules; -1: as study",
          {.range = between(-1, 100)});
    visit("queries", self.queries, "pairs in the query section, all different",
          {.range = at_least(1)});
    visit("types", self.types, "transformation types to draw from, in this order",
          {.listed = "transformations"});
    visit("parameters", self.parameters,
          "option lists that replace the published ones: "
          "rotation.rotation_type=0|1,grow.direction=-x|+x; without a dot the order in which a "
          "type's parameters are drawn: translation=step_size|direction");
    visit("min-shape-size", self.min_shape_size,
          "fewest cells that a shape is drawn for; a walk that ends early gives fewer, as "
          "published",
          {.range = between(1, 16)});
    visit("max-shape-size", self.max_shape_size, "most cells of a shape",
          {.range = between(1, 16)});
    visit("shape-box", self.shape_box,
          "largest side of a shape's bounding box, in cells; 0: no limit", {.range = at_least(0)});
    visit("max-tries", self.max_tries, "tries that the pairs of one section share",
          {.range = at_least(1)});
    visit("max-restarts", self.max_restarts, "attempts at one episode before the search gives up",
          {.range = at_least(1)});
    visit("static", self.fixed_rules,
          "the published control of six fixed rules: eight episodes of the published stream");
  }

  /// Which of them are taken, and what they have beyond the published ones.
  template <class Self, class Visit>
  static void fields_of_choice(Self& self, Visit& visit) {
    visit("unique", self.unique,
          "no two episodes with the same rules and triggers, so that an episode depends on those "
          "before it; off: each is a function of seed and index alone");
    visit("certify", self.certify,
          "only episodes whose study pairs leave every query one answer, as the solver finds");
    visit("certify-order", self.certify_order, "orders of the rules that --certify thinks of",
          {.values = {{"fixed", "shape, colour, indicator"}, {"any", "one of six an episode"}}});
    visit("certify-sections", self.certify_sections,
          "whether --certify is told which rules a study pair shows",
          {.values = {"known", {"shuffled", "no: the pictures alone say it"}}});
    visit("certify-pairs", self.certify_pairs,
          "how many pairs of each study section, the first, have to do for --certify; all of a "
          "section with fewer",
          {.range = at_least(1)});
    visit("indicators", self.indicators,
          "second objects, each with a rule of its own, so an episode has two rules more than this",
          {.range = between(1, 4)});
    visit("order", self.order, "in which rules in force are applied",
          {.values = {{"fixed", "shape, colour, indicators"},
                      {"episode", "drawn for each episode; its study pairs tell it, certified"}}});
    visit("study-pairs-of", self.study_pairs_of, "which two rules study pairs show together",
          {.values = {{"all", "each two"},
                      {"adjacent", "those that are applied one after the other"}}});
    visit("query-depth", self.query_depth,
          "rules in force in a query, one of these numbers an episode: 3,4; empty: all rules");
    visit("further-sides", self.further_sides,
          "sides that some episodes have instead of --side: 12,14; all are as likely");
    visit("further-study", self.further_study,
          "pairs in each study section that some episodes have instead of --study: 1,8; all are as "
          "likely");
    visit("bystanders", self.bystanders,
          "objects that no rule moves in each picture of an episode, all of one colour: a number, "
          "or 0..2 for one of these an episode; all are as likely");
    visit("twins", self.twins,
          "episodes in pairs that show and ask the same inputs and differ in one rule: e7 and e7t");
    visit("twin-change", self.twin_change, "what of that rule --twins changes",
          {.values = {"any",
                      {"parameter", "its type stays"},
                      {"type", "into one that the episode does not have"},
                      {"order", "no rule, but two of them change places; with --order episode"}}});
    visit("difficulty", self.difficulty,
          "only episodes that measure so, each as NAME=lo..hi, either end may be left out: "
          "distance=2..4,programs=2..; NAME is depth, size, distance, overlap, section-programs or "
          "programs");
  }
};

}  // namespace recombine
