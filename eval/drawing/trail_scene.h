#pragma once
// A query on its way through its rules, as a picture.

#include <span>
#include <string>
#include <vector>

#include "eval/drawing/scene.h"

namespace recombine {

/// The grids of a query after each of its rules, as a model has them and as they are.
struct Trail {
  std::string title;
  Grid input;
  std::vector<std::string> rules;  ///< what stands above each grid
  std::vector<Grid> answers;       ///< after each rule, the model's
  std::vector<Grid> truths;        ///< after each rule, the true ones
  /// After each rule, of every cell row-major the cell of the grid before that it is a copy of, or
  /// -1; empty where nobody knows.
  std::vector<std::vector<int>> copied;
};

/// Two rows a trail, the model's grids with their wrong cells marked above the true ones.
Scene trail_scene(std::span<const Trail> trails);

/// A row a trail: the model's grids, with a line from each filled cell of a grid to the cell of
/// the grid before that it copies.
Scene pointer_scene(std::span<const Trail> trails);

}  // namespace recombine
