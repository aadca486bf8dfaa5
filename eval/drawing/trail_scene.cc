#include "eval/drawing/trail_scene.h"

#include <algorithm>

#include "eval/drawing/item_scene.h"

namespace recombine {
namespace {

constexpr int kGap = 4;    ///< columns between two boards
constexpr int kLabel = 6;  ///< columns before the first one

void add_trail(Scene& scene, const Trail& trail) {
  const int side = trail.input.side();
  const int first = scene.rows + 3;
  const int second = first + side + 1;
  scene.texts.push_back({scene.rows, 1, trail.title, TextStyle::kTitle});
  scene.texts.push_back({first, 1, "model"});
  scene.texts.push_back({second, 1, "truth", TextStyle::kFaint});
  scene.texts.push_back({first - 1, kLabel, "query"});
  scene.grids.push_back({first, kLabel, trail.input, {}});
  for (std::size_t rule = 0; rule < trail.truths.size(); ++rule) {
    const int col = kLabel + (side + kGap) * (static_cast<int>(rule) + 1);
    const Grid& answer = trail.answers[rule];
    const Grid& truth = trail.truths[rule];
    const TextStyle style = answer == truth ? TextStyle::kRight : TextStyle::kWrong;
    scene.texts.push_back({first - 1, col, trail.rules[rule], style});
    scene.arrows.push_back({first + side / 2, col - 3});
    scene.grids.push_back({first, col, answer, wrong_cells(answer, truth)});
    scene.grids.push_back({second, col, truth, {}});
  }
  scene.rows = second + side + 2;
  const int columns = kLabel + (side + kGap) * (static_cast<int>(trail.truths.size()) + 1);
  scene.cols = std::max(scene.cols, columns);
}

}  // namespace

Scene trail_scene(std::span<const Trail> trails) {
  Scene scene;
  scene.rows = 1;
  for (const Trail& trail : trails) add_trail(scene, trail);
  return scene;
}

}  // namespace recombine
