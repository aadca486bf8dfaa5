#pragma once
// Episodes and answers laid out as pictures.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/episode.h"
#include "data/storage/prediction.h"
#include "eval/drawing/scene.h"

namespace recombine {

/// A query's answer as pictures show it.
struct ShownAnswer {
  std::optional<Grid> output;
  std::string invalid;  ///< why there is none
};

/// What to show of an answer; `prediction` may be null: not answered.
ShownAnswer shown(const Prediction* prediction);

/// The cells in which an answer is wrong, row-major; all of them where its side is.
std::vector<bool> wrong_cells(const Grid& answer, const Grid& truth);

/// The whole episode: study pairs by the rules in force, then the queries. With `answers` (one a
/// query, or none at all) each stands beside the truth, wrong cells marked. `columns` sections
/// stand side by side.
Scene episode_scene(const Episode& episode, std::span<const ShownAnswer> answers, int columns = 2);

/// A query with its answer, for a gallery.
struct GalleryEntry {
  std::string title;
  Grid input;
  Grid truth;
  std::optional<ShownAnswer> answer;  ///< nothing: truth alone
};

/// Entries beside and below each other, `columns` in a row. Grids may have different sides: each
/// has a place of the largest of them.
Scene gallery_scene(std::span<const GalleryEntry> entries, int columns = 2);

/// A gallery of answers as a PNG, for viewers of runs.
Png gallery_png(std::span<const GalleryEntry> entries, const DrawingStyle& style = {});

}  // namespace recombine
