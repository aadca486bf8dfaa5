#include "eval/drawing/trail_scene.h"

#include <algorithm>
#include <utility>

#include "eval/drawing/item_scene.h"

namespace recombine {
namespace {

constexpr int kTrailGap = 4;    ///< columns between two grids
constexpr int kTrailLabel = 6;  ///< columns before the first one

/// Cells that a text is long, and one behind it.
int room_of(const std::string& text) { return static_cast<int>(text.size() + 1) / 2 + 1; }

/// Cells from a grid to the next one: there is room for the grid, its arrow, and what stands above.
int step_of(std::span<const Trail> trails) {
  int step = 0;
  for (const Trail& trail : trails) {
    step = std::max(step, trail.input.side() + kTrailGap);
    for (const std::string& rule : trail.rules) step = std::max(step, room_of(rule));
  }
  return step;
}

/// Makes the scene wide enough for `grids` grids that begin at `first`, and for the title.
void widen(Scene& scene, const Trail& trail, int first, int step, std::size_t grids) {
  const int columns = first + step * static_cast<int>(grids);
  scene.cols = std::max({scene.cols, columns, 1 + room_of(trail.title)});
}

void add_trail(Scene& scene, const Trail& trail, int step) {
  const int side = trail.input.side();
  const int first = scene.rows + 3;
  const int second = first + side + 1;
  scene.texts.push_back({scene.rows, 1, trail.title, TextStyle::kTitle});
  scene.texts.push_back({first, 1, "model"});
  scene.texts.push_back({second, 1, "truth", TextStyle::kFaint});
  scene.texts.push_back({first - 1, kTrailLabel, "query"});
  scene.grids.push_back({first, kTrailLabel, trail.input, {}});
  for (std::size_t rule = 0; rule < trail.truths.size(); ++rule) {
    const int col = kTrailLabel + step * (static_cast<int>(rule) + 1);
    const Grid& answer = trail.answers[rule];
    const Grid& truth = trail.truths[rule];
    const TextStyle style = answer == truth ? TextStyle::kRight : TextStyle::kWrong;
    scene.texts.push_back({first - 1, col, trail.rules[rule], style});
    scene.arrows.push_back({first + side / 2, col - 3});
    scene.grids.push_back({first, col, answer, wrong_cells(answer, truth)});
    scene.grids.push_back({second, col, truth, {}});
  }
  scene.rows = second + side + 2;
  widen(scene, trail, kTrailLabel, step, trail.truths.size() + 1);
}

/// Lines between the grid in `col` and the one before it, `step` cells to its left; both begin at
/// `row`.
void add_pointers(
    Scene& scene, const Grid& grid, const std::vector<int>& copied, int row, int col, int step) {
  const int side = grid.side();
  const auto middle = [&](int cell, int left) {
    constexpr double kHalf = 0.5;
    const int down = row + cell / side;
    const int along = left + cell % side;
    return std::pair{down + kHalf, along + kHalf};
  };
  for (int cell = 0; cell < side * side; ++cell) {
    const int source = copied[static_cast<std::size_t>(cell)];
    if (source < 0 || grid.cells()[static_cast<std::size_t>(cell)] == 0) continue;
    const auto [from_row, from_col] = middle(source, col - step);
    const auto [to_row, to_col] = middle(cell, col);
    scene.links.push_back({from_row, from_col, to_row, to_col, "", true, false});
  }
}

void add_pointed(Scene& scene, const Trail& trail, int step) {
  const int side = trail.input.side();
  const int first = scene.rows + 3;
  scene.texts.push_back({scene.rows, 1, trail.title, TextStyle::kTitle});
  scene.texts.push_back({first - 1, 1, "query"});
  scene.grids.push_back({first, 1, trail.input, {}});
  for (std::size_t rule = 0; rule < trail.answers.size(); ++rule) {
    const int col = 1 + step * (static_cast<int>(rule) + 1);
    const bool right = trail.answers[rule] == trail.truths[rule];
    scene.texts.push_back(
        {first - 1, col, trail.rules[rule], right ? TextStyle::kRight : TextStyle::kWrong});
    scene.grids.push_back(
        {first, col, trail.answers[rule], wrong_cells(trail.answers[rule], trail.truths[rule])});
    add_pointers(scene, trail.answers[rule], trail.copied[rule], first, col, step);
  }
  scene.rows = first + side + 1;
  widen(scene, trail, 1, step, trail.answers.size() + 1);
}

}  // namespace

Scene pointer_scene(std::span<const Trail> trails) {
  Scene scene;
  scene.rows = 1;
  for (const Trail& trail : trails) {
    if (!trail.copied.empty()) add_pointed(scene, trail, step_of(trails));
  }
  return scene;
}

Scene trail_scene(std::span<const Trail> trails) {
  Scene scene;
  scene.rows = 1;
  for (const Trail& trail : trails) add_trail(scene, trail, step_of(trails));
  return scene;
}

}  // namespace recombine
