#include "eval/drawing/transformation_sheet.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "data/error.h"
#include "data/text.h"

namespace recombine {
namespace {

constexpr int kSheetSide = 10;  ///< a shape of side 3, three times as large, and a border
constexpr int kSheetMargin = 1;
constexpr int kPairWidth = 2 * kSheetSide + 2;
constexpr int kPairGap = 3;
constexpr int kEntryRows = kSheetSide + 4;  ///< with two lines of text above, and two free below

/// One that no mirror or turn leaves as it is, one with a hole and a tail, a whole block.
constexpr std::array<std::string_view, 3> kSheetShapes = {"000111202122", "000102101220212223",
                                                          "000102101112202122"};
constexpr int kEntryWidth =
    static_cast<int>(kSheetShapes.size()) * (kPairWidth + kPairGap) - kPairGap;
constexpr Colour kSheetColour = 3;

/// A shape on the sheet, and what becomes of it: nothing, or another object.
struct Placed {
  Object before;
  std::optional<Object> after;
};

/// The object where it lies on the grid before and after, as near to the top left of the middle as
/// may be.
Placed placed(const Step& step, const Cells& shape) {
  Placed best{{shape, kSheetColour}, std::nullopt};
  int nearest = 2 * kSheetSide;
  for (int row = 0; row < kSheetSide; ++row) {
    for (int col = 0; col < kSheetSide; ++col) {
      const Object before{shape.moved(row, col), kSheetColour};
      const auto after = step.apply(before);
      const int distance = std::abs(row - kSheetSide / 3) + std::abs(col - kSheetSide / 3);
      const bool fits =
          on_grid(before.cells, kSheetSide) && (!after || on_grid(after->cells, kSheetSide));
      if (!fits || distance >= nearest) continue;
      nearest = distance;
      best = {before, after};
    }
  }
  return best;
}

Grid painted(const Object& object) {
  Grid grid(kSheetSide);
  paint(grid, object);
  return grid;
}

/// "diagonal = main, of main and anti".
std::string parameters_text(const Transformation& transformation) {
  std::string text;
  for (const RuleParameter& parameter : transformation.parameters) {
    constexpr std::size_t kNamed = 5;
    std::vector<std::string> values(parameter.values.begin(), parameter.values.end());
    const bool many = values.size() > kNamed;
    if (many) values.resize(kNamed);
    text += cat(text.empty() ? "" : "; ", parameter.name, " = ", values.front(), " (of ",
                join_text(values, ", "), many ? ", ..." : "", ")");
  }
  return text;
}

void add_entry(Scene& scene, const Transformation& transformation, int row, int col) {
  scene.texts.push_back(
      {row, col, cat(transformation.name, ": ", transformation.summary), TextStyle::kTitle});
  scene.texts.push_back({row + 1, col, parameters_text(transformation), TextStyle::kFaint});
  const Step step{&transformation, {}};
  int left = col;
  for (const std::string_view shape : kSheetShapes) {
    const Placed pair = placed(step, parse_shape(shape));
    scene.grids.push_back({row + 2, left, painted(pair.before), {}});
    scene.arrows.push_back({row + 2 + kSheetSide / 2, left + kSheetSide});
    const int right = left + kSheetSide + 2;
    if (pair.after) {
      scene.grids.push_back({row + 2, right, painted(*pair.after), {}});
    } else {
      scene.texts.push_back(
          {row + 2 + kSheetSide / 2, right, "changes nothing", TextStyle::kFaint});
    }
    left += kPairWidth + kPairGap;
  }
}

}  // namespace

Scene transformation_sheet(std::span<const Transformation* const> shown, int columns) {
  Scene scene;
  const int count = static_cast<int>(shown.size());
  const int lines = (count + columns - 1) / columns;
  for (int i = 0; i < count; ++i) {
    add_entry(scene, *shown[static_cast<std::size_t>(i)], kSheetMargin + i % lines * kEntryRows,
              kSheetMargin + i / lines * (kEntryWidth + 2 * kPairGap));
  }
  scene.rows = 2 * kSheetMargin + lines * kEntryRows;
  scene.cols = 2 * kSheetMargin + columns * (kEntryWidth + 2 * kPairGap) - 2 * kPairGap;
  return scene;
}

}  // namespace recombine
