#pragma once
// A query on its way through its rules, as a picture.

#include <span>
#include <string>
#include <vector>

#include "eval/drawing/scene.h"

namespace recombine {

/// The boards of a query after each of its rules, as a model has them and as they are.
struct Trail {
  std::string title;
  Grid input;
  std::vector<std::string> rules;  ///< what stands above each board
  std::vector<Grid> answers;       ///< after each rule, the model's
  std::vector<Grid> truths;        ///< after each rule, the true ones
};

/// Two rows a trail, the model's boards with their wrong cells marked above the true ones.
Scene trail_scene(std::span<const Trail> trails);

}  // namespace recombine
