#include <array>

#include "generator/grids/rules/registry.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 2> kDirections = {"x", "y"};
// Those of the published sampler, then all others that a grid of side 30 has room for.
constexpr std::array<std::string_view, 59> kSteps = {
    "1",   "2",   "3",   "4",   "5",   "-1",  "-2",  "-3",  "-4",  "-5",  "0",   "6",
    "7",   "8",   "9",   "10",  "11",  "12",  "13",  "14",  "15",  "16",  "17",  "18",
    "19",  "20",  "21",  "22",  "23",  "24",  "25",  "26",  "27",  "28",  "29",  "-6",
    "-7",  "-8",  "-9",  "-10", "-11", "-12", "-13", "-14", "-15", "-16", "-17", "-18",
    "-19", "-20", "-21", "-22", "-23", "-24", "-25", "-26", "-27", "-28", "-29"};
constexpr std::array<RuleParameter, 2> kParameters = {{
    {"direction", kDirections, kDirections},
    {"step_size", kSteps, std::span(kSteps).first<1>()},
}};

constexpr int number_of(std::string_view text) {
  const bool negative = text.front() == '-';
  int number = 0;
  for (const char digit : text.substr(negative ? 1 : 0)) number = 10 * number + (digit - '0');
  return negative ? -number : number;
}

/// x moves to the right, y moves down.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const int step = number_of(kSteps.at(static_cast<std::size_t>(choice[1])));
  const bool x = choice[0] == 0;
  return Object{object.cells.moved(x ? 0 : step, x ? step : 0), object.colour};
}

}  // namespace

const Transformation translation = {"translation", "moves the object right (x) or down (y)", true,
                                    kParameters, apply};

}  // namespace recombine::rules
