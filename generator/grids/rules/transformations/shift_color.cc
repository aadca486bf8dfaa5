#include <array>

#include "generator/grids/rules/registry.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 8> kAmounts = {"1", "2", "3", "4", "5", "6", "7", "8"};
constexpr std::array<RuleParameter, 1> kParameters = {{{"amount", kAmounts, kAmounts}}};

/// The colour that comes so many places later among 1 to 9, round the end. Nothing for colour 0,
/// which is not seen.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  if (object.colour == 0) return std::nullopt;
  const int colour = (object.colour - 1 + choice[0] + 1) % (kColours - 1) + 1;
  return Object{object.cells, static_cast<Colour>(colour)};
}

}  // namespace

const Transformation shift_color = {"shift_color", "paints the object in a later colour", false,
                                    kParameters, apply};

}  // namespace recombine::rules
