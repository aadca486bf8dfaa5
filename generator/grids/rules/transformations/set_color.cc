#include <array>

#include "generator/grids/rules/registry.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 10> kNewColours = {"1", "2", "3", "4", "5",
                                                          "6", "7", "8", "9", "0"};
constexpr std::array<RuleParameter, 1> kParameters = {
    {{"new_color", kNewColours, std::span(kNewColours).first<2>()}}};

/// Never fails, not even where the object has the colour already. In colour 0 it is not seen any
/// more, and rules after this one act on it all the same.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  return Object{object.cells, static_cast<Colour>((choice[0] + 1) % kColours)};
}

}  // namespace

const Transformation set_color = {"set_color", "paints the object in one colour", true, kParameters,
                                  apply};

}  // namespace recombine::rules
