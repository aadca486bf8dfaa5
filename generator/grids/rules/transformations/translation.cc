#include <array>

#include "generator/grids/rules/registry.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 2> kDirections = {"x", "y"};
constexpr std::array<std::string_view, 10> kSteps = {"1",  "2",  "3",  "4",  "5",
                                                     "-1", "-2", "-3", "-4", "-5"};
constexpr std::array<RuleParameter, 2> kParameters = {{
    {"direction", kDirections, kDirections},
    {"step_size", kSteps, std::span(kSteps).first<1>()},
}};

/// x moves to the right, y moves down.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const int size = choice[1] % 5 + 1;
  const int step = choice[1] < 5 ? size : -size;
  const bool x = choice[0] == 0;
  return Object{object.cells.moved(x ? 0 : step, x ? step : 0), object.colour};
}

}  // namespace

const Transformation translation = {"translation", "moves the object right (x) or down (y)", true,
                                    kParameters, apply};

}  // namespace recombine::rules
