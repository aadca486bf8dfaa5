#include "data/screen/progress_line.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "data/screen/terminal.h"

namespace recombine {
namespace {

ProgressState half() {
  ProgressState state{"train", "steps", 60, 120};
  state.seconds = 10;
  state.since = 20;
  state.figure = "loss 0.71";
  state.trend = "▁▄█";
  return state;
}

TEST(ProgressLine, HasRateTimeLeftAndFigure) {
  EXPECT_EQ(progress_line(half(), true, 0),
            "train [############............] 60/120 steps, 4.00/s, 0:15 left, loss 0.71 ▁▄█");
}

TEST(ProgressLine, SaysHowLongItTookAtTheEnd) {
  ProgressState state = half();
  state.finished = true;
  state.trend.clear();
  EXPECT_EQ(progress_line(state, false, 0), "train 60/120 steps, 4.00/s, 0:10, loss 0.71");
}

TEST(ProgressLine, KnowsNoEndWhereThereIsNoTotal) {
  EXPECT_EQ(progress_line({"import", "items", 5, 0}, true, 0), "import 5 items, 0.00/s");
}

TEST(ProgressLine, FitsTheTerminal) {
  EXPECT_EQ(progress_line(half(), true, 76),
            "train [############............] 60/120 steps, 4.00/s, 0:15 left, loss 0.71");
  EXPECT_EQ(progress_line(half(), true, 50), "train 60/120 steps, 4.00/s, 0:15 left, loss 0.71");
  EXPECT_EQ(progress_line(half(), true, 12), "train 60/120");
  ProgressState state = half();
  state.what = "tr\xc3\xa4in";
  EXPECT_EQ(progress_line(state, false, 3), "tr\xc3\xa4");
}

TEST(Sparkline, IsABlockAValue) {
  const std::vector<double> values = {0, 0.5, 1, NAN, 7};
  EXPECT_EQ(sparkline(values, 9), "▁▅█ █");
  EXPECT_EQ(sparkline(values, 3), "█ █");
  EXPECT_EQ(sparkline({}, 3), "");
}

TEST(TerminalColours, AreWhatTheTerminalSays) {
  EXPECT_EQ(terminal_colours({false, "", "truecolor", "xterm"}), TerminalColours::kNone);
  EXPECT_EQ(terminal_colours({true, "1", "truecolor", "xterm"}), TerminalColours::kNone);
  EXPECT_EQ(terminal_colours({true, "", "", "dumb"}), TerminalColours::kNone);
  EXPECT_EQ(terminal_colours({true, "", "truecolor", "xterm"}), TerminalColours::k24Bit);
  EXPECT_EQ(terminal_colours({true, "", "", "xterm-direct"}), TerminalColours::k24Bit);
  EXPECT_EQ(terminal_colours({true, "", "", "xterm-256color"}), TerminalColours::k256);
}

}  // namespace
}  // namespace recombine
