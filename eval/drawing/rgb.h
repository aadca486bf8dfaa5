#pragma once
// Colours.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace recombine {

struct Rgb {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;

  friend bool operator==(const Rgb&, const Rgb&) = default;
};

/// "#0072b2".
std::string colour_text(Rgb colour);

/// A colour that a page may have another of, such as in the dark.
struct Ink {
  Rgb rgb;
  std::string_view variable = {};  ///< of eval/page/style.css, such as "--text"; empty: rgb always
};

inline constexpr Ink kTextInk = {{34, 34, 34}, "--text"};
inline constexpr Ink kFaintTextInk = {{89, 97, 107}, "--faint"};
inline constexpr Ink kRuleInk = {{212, 217, 223}, "--line"};

/// The ink of the `number`-th of several things, from 0: of six, then again from the first. Told
/// apart by people who do not see all colours (after Okabe and Ito 2008).
Ink series_ink(std::size_t number);

}  // namespace recombine
