#include <array>

#include "generator/grids/rules/registry.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 3> kCounted = {"cells", "rows", "columns"};
constexpr std::array<RuleParameter, 1> kParameters = {{{"counted", kCounted, kCounted}}};

/// The colour whose number is that of the object's cells, rows or columns. Nothing above 9.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const int count = std::array{object.cells.size(), box.height(), box.width()}.at(
      static_cast<std::size_t>(choice[0]));
  if (count >= kColours) return std::nullopt;
  return Object{object.cells, static_cast<Colour>(count)};
}

}  // namespace

const Transformation count_color = {
    "count_color", "paints the object in the colour that counts its cells, rows or columns", false,
    kParameters, apply};

}  // namespace recombine::rules
