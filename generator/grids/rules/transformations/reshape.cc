#include <array>

#include "generator/grids/rules/registry.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 4> kPatterns = {"plus", "cross", "ring", "diamond"};
constexpr std::array<std::string_view, 4> kShapes = {"0110111221", "0002112022", "0001021012202122",
                                                     "01101221"};
constexpr std::array<RuleParameter, 1> kParameters = {{{"pattern", kPatterns, kPatterns}}};

/// A 3 x 3 pattern in place of the object, at the top left corner of its bounding box.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const Cells shape = parse_shape(kShapes[static_cast<std::size_t>(choice[0])]);
  return Object{shape.moved(box.top, box.left), object.colour};
}

}  // namespace

const Transformation reshape = {"reshape", "puts a 3 x 3 pattern in the object's place", false,
                                kParameters, apply};

}  // namespace recombine::rules
