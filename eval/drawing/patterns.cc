#include "eval/drawing/patterns.h"

#include <array>
#include <string_view>
#include <vector>

namespace recombine {
namespace {

using PatternLines = std::vector<PatternLine>;

const std::array<PatternLines, kColours>& patterns() {
  static const std::array<PatternLines, kColours> kPatterns = {{
      {},
      {{0, .25, 1, .25}, {0, .75, 1, .75}},
      {{.25, 0, .25, 1}, {.75, 0, .75, 1}},
      {{0, 1, 1, 0}},
      {{0, 0, 1, 1}},
      {{0, .5, 1, .5}, {.5, 0, .5, 1}},
      {{0, 1, 1, 0}, {0, 0, 1, 1}},
      {{.25, .25, .75, .25}, {.75, .25, .75, .75}, {.75, .75, .25, .75}, {.25, .75, .25, .25}},
      {{.5, .15, .85, .5}, {.85, .5, .5, .85}, {.5, .85, .15, .5}, {.15, .5, .5, .15}},
      {{.15, .25, .5, .8}, {.5, .8, .85, .25}},
  }};
  return kPatterns;
}

}  // namespace

std::span<const PatternLine> pattern_of(Colour colour) { return patterns().at(colour); }

char pattern_sign(Colour colour) {
  constexpr std::string_view kSigns = ".-|/\\+xoqv";
  return kSigns.at(colour);
}

}  // namespace recombine
