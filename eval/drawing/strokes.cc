#include "eval/drawing/strokes.h"

#include <array>

namespace recombine {

std::string colour_text(Rgb colour) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text = "#";
  for (const int part : {colour.red, colour.green, colour.blue}) {
    text += kHex[static_cast<std::size_t>(part / 16)];
    text += kHex[static_cast<std::size_t>(part % 16)];
  }
  return text;
}

Ink series_ink(std::size_t number) {
  static constexpr std::array<Ink, 6> kInks = {{{{11, 98, 168}, "--series-0"},
                                                {{196, 74, 0}, "--series-1"},
                                                {{0, 121, 92}, "--series-2"},
                                                {{161, 64, 122}, "--series-3"},
                                                {{122, 96, 0}, "--series-4"},
                                                {{90, 95, 102}, "--series-5"}}};
  return kInks.at(number % kInks.size());
}

const std::vector<double>& dash_pattern(int dash) {
  static const std::array<std::vector<double>, 6> kPatterns = {
      {{}, {4, 2}, {1, 2}, {5, 2, 1, 2}, {2, 1}, {8, 2}}};
  return kPatterns.at(static_cast<std::size_t>(dash) % kPatterns.size());
}

}  // namespace recombine
