#include "data/screen/terminal.h"

#include <charconv>
#include <cstdlib>
#include <system_error>

#include <sys/ioctl.h>
#include <unistd.h>

namespace recombine {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

TerminalColours terminal_colours(const TerminalSigns& signs) {
  if (!signs.is_terminal || !signs.no_color.empty() || signs.term == "dumb")
    return TerminalColours::kNone;
  const bool all = signs.colorterm == "truecolor" || signs.colorterm == "24bit" ||
                   signs.term.find("direct") != std::string::npos;
  return all ? TerminalColours::k24Bit : TerminalColours::k256;
}

TerminalColours terminal_colours() {
  return terminal_colours(
      {isatty(STDOUT_FILENO) != 0, variable("NO_COLOR"), variable("COLORTERM"), variable("TERM")});
}

int terminal_width(int descriptor) {
  if (isatty(descriptor) == 0) return 0;
  const std::string columns = variable("COLUMNS");
  int wanted = 0;
  const auto read = std::from_chars(columns.data(), columns.data() + columns.size(), wanted);
  if (read.ec == std::errc() && wanted > 0) return wanted;
  winsize size{};
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace recombine
