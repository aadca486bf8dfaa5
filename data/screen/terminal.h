#pragma once
// What a terminal can show.

#include <cstdint>
#include <string>

namespace recombine {

enum class TerminalColours : std::uint8_t { kNone, k256, k24Bit };

/// What a terminal is known by: variables of the environment, empty where they are not set.
struct TerminalSigns {
  bool is_terminal = false;
  std::string no_color;   ///< NO_COLOR
  std::string colorterm;  ///< COLORTERM
  std::string term;       ///< TERM
};

/// None off a terminal, where NO_COLOR has a value (no-color.org), and where TERM is "dumb"; 24-bit
/// where COLORTERM or TERM say so; else 256.
TerminalColours terminal_colours(const TerminalSigns& signs);
/// Of the terminal that standard output is, if it is one.
TerminalColours terminal_colours();

/// Characters of a line of the terminal at this file descriptor: what COLUMNS says, else the
/// terminal itself; 0 where it is none, or neither says.
int terminal_width(int descriptor);

}  // namespace recombine
