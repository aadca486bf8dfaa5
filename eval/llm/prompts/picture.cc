#include "eval/llm/prompts/picture.h"

#include <algorithm>

#include "data/error.h"

namespace recombine {
namespace {

constexpr int kMargin = 1;
constexpr int kArrow = 2;
constexpr int kGap = 3;
constexpr int kHeading = 2;
constexpr int kCaption = 1;
constexpr int kLeastWidth = 11;  ///< cells that a caption needs

/// Where the grids of a pair stand; small grids leave their captions room.
int step_of(int side) { return std::max(side, kLeastWidth) + kArrow; }

void add_grid(Scene& scene, int row, int col, const std::string& caption, const Grid& grid) {
  scene.texts.push_back({row, col, caption, TextStyle::kPlain});
  scene.grids.push_back({row + kCaption, col, grid, {}});
}

void add_pair(Scene& scene, int row, int col, std::size_t number, const Example& pair) {
  const int side = pair.input.side();
  const int right = col + step_of(side);
  add_grid(scene, row, col, cat("Example input ", number, ":"), pair.input);
  scene.arrows.push_back({row + kCaption + side / 2, right - kArrow});
  add_grid(scene, row, right, cat("Example output ", number, ":"), pair.output);
}

}  // namespace

Scene question_scene(std::span<const Example> shown, const Grid& query) {
  constexpr std::size_t kOneColumn = 6;
  const int side = query.side();
  const int row_height = kCaption + side + 1;
  const int pair_width = 2 * step_of(side) - kArrow + kGap;
  const bool two = shown.size() > kOneColumn;
  const std::size_t rows = two ? (shown.size() + 1) / 2 : shown.size();
  Scene scene;
  scene.texts.push_back({kMargin, kMargin, "Study Examples", TextStyle::kTitle});
  for (std::size_t i = 0; i < shown.size(); ++i) {
    add_pair(scene, kMargin + kHeading + static_cast<int>(i % rows) * row_height,
             kMargin + static_cast<int>(i / rows) * pair_width, i + 1, shown[i]);
  }
  const int below = kMargin + kHeading + static_cast<int>(rows) * row_height + 1;
  scene.texts.push_back({below, kMargin, "Query", TextStyle::kTitle});
  add_grid(scene, below + kHeading, kMargin, "Final input:", query);
  scene.rows = below + kHeading + kCaption + side + kMargin;
  scene.cols = kMargin + (two ? 2 : 1) * pair_width - kGap + kMargin;
  return scene;
}

}  // namespace recombine
