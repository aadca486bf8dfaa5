#pragma once
// What `generate grids` makes: the section [grids] of a config.

#include <string>

#include "data/fields.h"

namespace recombine {

/// Defaults are those of the published data set (Compositional-ARC, configuration and command-line
/// defaults of its generator), but for its seed and its number of episodes.
struct GridConfig {
  int side = 10;
  int study = 4;
  int queries = 14;
  Names types = {"translation", "mirror", "rotation", "set_color", "grow"};
  Names parameters = {};
  int min_shape_size = 1;
  int max_shape_size = 9;
  int shape_box = 0;
  int max_tries = 500;
  int max_restarts = 100000;
  bool fixed_rules = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("side", self.side, "rows and columns of a grid, in cells", {.range = between(5, 30)});
    visit("study", self.study, "pairs in each of the six study sections",
          {.range = between(1, 100)});
    visit("queries", self.queries, "pairs in the query section, all different",
          {.range = at_least(1)});
    visit("types", self.types, "transformation types to draw from, in this order",
          {.listed = "transformations"});
    visit("parameters", self.parameters,
          "option lists that replace the published ones: "
          "rotation.rotation_type=0|1,grow.direction=-x|+x");
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

  friend bool operator==(const GridConfig&, const GridConfig&) = default;

  /// Throws InputError, naming the option at fault, for a config that cannot give an episode.
  void validate() const;
};

}  // namespace recombine
