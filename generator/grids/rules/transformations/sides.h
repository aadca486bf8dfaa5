#pragma once
// The four sides of the screen and the two kinds of lines, in plain words.

#include <array>
#include <string_view>

#include "generator/grids/rules/transformation.h"

namespace recombine::rules {

inline constexpr std::array<std::string_view, 4> kSides = {"up", "left", "down", "right"};
inline constexpr std::array<std::string_view, 2> kLines = {"rows", "columns"};
inline constexpr std::array<std::string_view, 2> kNeighbours = {"4", "8"};
inline constexpr std::array<std::string_view, 2> kDiagonals = {"main", "anti"};

inline constexpr std::array<RuleParameter, 1> kSideParameter = {{{"side", kSides, kSides}}};
inline constexpr std::array<RuleParameter, 1> kLinesParameter = {{{"lines", kLines, kLines}}};
inline constexpr std::array<RuleParameter, 1> kNeighboursParameter = {
    {{"neighbours", kNeighbours, kNeighbours}}};
inline constexpr std::array<RuleParameter, 1> kDiagonalParameter = {
    {{"diagonal", kDiagonals, kDiagonals}}};

}  // namespace recombine::rules
