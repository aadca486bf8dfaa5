#include "generator/grids/rules/difficulty_bounds.h"

#include <algorithm>

#include "data/error.h"
#include "data/text.h"

namespace recombine {
namespace {

/// An end of "lo..hi"; `otherwise` where it is left out.
int end_of(std::string_view text, int otherwise, const std::string& bound) {
  if (text.empty()) return otherwise;
  const auto number = parse_number<int>(text);
  require(number.has_value() && *number >= 0, "--difficulty ", bound, ": '", text,
          "' is no number from 0 on");
  return *number;
}

DifficultyBound read_bound(const std::string& bound) {
  constexpr std::string_view kDots = "..";
  const auto equals = bound.find('=');
  const auto dots = bound.find(kDots);
  require(equals != std::string::npos && dots != std::string::npos && equals < dots,
          "--difficulty ", bound, ": must read NAME=lo..hi, such as distance=2..4");
  const std::string_view text = bound;
  const auto known =
      std::ranges::find(kDifficulties, text.substr(0, equals), &DifficultyName::name);
  if (known == kDifficulties.end()) {
    Names names;
    for (const DifficultyName& one : kDifficulties) names.emplace_back(one.name);
    throw InputError(cat("--difficulty ", bound, ": no measure '", text.substr(0, equals),
                         "'; known: ", join_text(names, ", ")));
  }
  DifficultyBound read;
  read.measure = static_cast<Difficulty>(known - kDifficulties.begin());
  read.from = end_of(text.substr(equals + 1, dots - equals - 1), read.from, bound);
  read.to = end_of(text.substr(dots + kDots.size()), read.to, bound);
  require(read.from <= read.to, "--difficulty ", bound, ": holds for no number");
  return read;
}

}  // namespace

std::vector<DifficultyBound> read_difficulty(const Names& bounds) {
  std::vector<DifficultyBound> read;
  for (const std::string& bound : bounds) read.push_back(read_bound(bound));
  return read;
}

}  // namespace recombine
