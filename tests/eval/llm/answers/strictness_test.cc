#include "eval/llm/answers/strictness.h"

#include <gtest/gtest.h>

#include "data/error.h"
#include "eval/llm/prompts/grid_question.h"

namespace recombine {
namespace {

const char* const kText = "0000000000/0330000000/0300000000/0/0/0000070000/0/0/0/9";

Grid board() { return Grid::parse(kText, 10); }

std::string with_rows(int rows, const std::string& row) {
  std::string text = "output: [";
  for (int i = 0; i < rows; ++i) text += (i == 0 ? "" : ", ") + row;
  return text + "]";
}

std::string row_of(int cells) {
  std::string row = "[";
  for (int i = 0; i < cells; ++i) row += i == 0 ? "1" : ", 1";
  return row + "]";
}

std::string reason_of(const std::string& text) { return read_grid(text, 10).reason; }

// The examples that were verified against the published reader.
TEST(StrictReading, FollowsThePublishedRules) {
  const std::string grid = python_list(board());
  const std::string broken = grid.substr(0, grid.size() - 1);
  EXPECT_EQ(read_strictly("output: " + grid, 10).grid, board());
  EXPECT_EQ(read_strictly("OutPut: " + grid, 10).grid, board());
  EXPECT_EQ(read_strictly("```json\noutput: " + grid + "\n```", 10).grid, board());
  EXPECT_FALSE(read_strictly(grid, 10).valid) << "no marker";
  EXPECT_FALSE(read_strictly(with_rows(9, row_of(10)), 10).valid);
  EXPECT_FALSE(read_strictly("output: " + broken, 10).valid) << "no closing bracket";
  EXPECT_FALSE(read_strictly("output: " + grid.substr(1, grid.size() - 2), 10).valid);
  EXPECT_FALSE(read_strictly("output [10x10]: " + grid, 10).valid);
  const std::string first = with_rows(10, row_of(10));
  const Grid ones = *read_strictly(first, 10).grid;
  EXPECT_EQ(read_strictly("example " + first + "\noutput: " + grid, 10).grid, ones);
}

TEST(StrictReading, HoldsOddCellsValidAndHasNoGridThen) {
  for (const char* row : {"[1, 1, -1, 1, 1, 1, 1, 1, 1, 1]", "[1, 1, 12, 1, 1, 1, 1, 1, 1, 1]",
                          "[1, 1, 0.5, 1, 1, 1, 1, 1, 1, 1]", "[1, 1, 'x', 1, 1, 1, 1, 1, 1, 1]"}) {
    const StrictReading reading = read_strictly(with_rows(10, row), 10);
    EXPECT_TRUE(reading.valid) << row;
    EXPECT_FALSE(reading.grid) << row;
    EXPECT_EQ(reading.reason, "cell not 0..9");
  }
  EXPECT_TRUE(read_strictly(with_rows(10, "[1.0, '1', 1, 1, 1, 1, 1, 1, 1, 1]"), 10).grid);
}

// What Python's own reader makes of them; the table in tests/golden/odd-answers is compared with
// it.
TEST(StrictReading, ReadsNumbersAsPythonDoes) {
  const auto cell = [](const std::string& text) {
    return read_strictly("output: [[" + text + ", 1], [1, 1]]", 2);
  };
  for (const char* zero : {"0x0", "0b0", "0o0", "0j", "-0", "0_0", "00", "0e5", ".0", "0+0j", "(0)",
                           "1e-999", "'0'", "'' '0'"}) {
    EXPECT_EQ(cell(zero).grid, Grid::parse("01/11", 2)) << zero;
  }
  for (const char* odd : {"1_0", "3j", "0x10", "1e999", "1+3j", "{1}", "{}", "b'1'", "None", "()"})
    EXPECT_EQ(cell(odd).valid, std::string(odd) != "None") << odd;
  for (const char* none : {"01", "1__0", "_1", "1_", "0x", "0b2", "--1", "1+1", "1j+1", "1.2.3",
                           "1e", "nan", "0xg", "'1", "0x_"})
    EXPECT_FALSE(cell(none).valid) << none;
}

TEST(ReadGrid, SaysWhyThereIsNoGrid) {
  EXPECT_EQ(reason_of(""), "empty answer");
  EXPECT_EQ(reason_of("I do not know."), "no grid");
  EXPECT_EQ(reason_of(with_rows(9, row_of(10))), "wrong size");
  EXPECT_EQ(reason_of(with_rows(10, row_of(9))), "wrong size");
  EXPECT_EQ(reason_of(with_rows(9, row_of(10)) + ", [1, 1]]"), "wrong size");
  EXPECT_EQ(reason_of("output: [" + row_of(9) + with_rows(9, row_of(10)).substr(9)), "ragged rows");
  EXPECT_EQ(reason_of(with_rows(10, "[1, 1, 1, 1, 1, 1, 1, 1, 1, 10]")), "cell not 0..9");
  EXPECT_EQ(reason_of("<think>output: " + python_list(board())), "thinking never ended");
}

TEST(ReadGrid, ReadsNoGridOutOfAThoughtAlone) {
  const std::string named = "output: " + python_list(board());
  for (const std::string& thought :
       {"<think>" + named + "</think>\nI cannot say.", "<thinking>" + named + "</thinking>",
        "<unused94>" + named + "<unused95>none", named + "</think>I give up.",
        "Thinking...\n" + named + "\n...done thinking.\nSorry.",
        "<self_reflection>" + named + "</self_reflection>No."}) {
    EXPECT_EQ(reason_of(thought), "no grid") << thought;
    EXPECT_TRUE(read_grid(thought, 10).strict.grid) << thought;
  }
  // What hides an answer from view is no thought where nothing else is said.
  EXPECT_EQ(read_grid("<details>" + named + "</details>", 10).grid, board());
}

TEST(ReadGrid, UnwrapsMatricesInOneLine) {
  for (const std::string text :
       {R"($$\begin{bmatrix} 0 & 0 \\ 0 & 7 \end{bmatrix}$$)",
        R"(\begin{pmatrix}0&0\\ 0&7\end{pmatrix})",
        R"(\boxed{\begin{matrix} 0 & 0 \\ 0 & 7 \end{matrix}})", "0 0\u20280 7"})
    EXPECT_EQ(read_grid(text, 2).grid, Grid::parse("00/07", 2)) << text;
}

TEST(ReadGrid, ReadsRowsAsMatlabWritesThem) {
  for (const std::string text :
       {"[0 0 4; 0 7 0; 1 2 3]", "A = [0, 0, 4; 0, 7, 0; 1, 2, 3];", "[0 0 4;\n 0 7 0;\n 1 2 3;\n]",
        "[004; 070; 123]", "output = [0 0 4 ; 0 7 0 ; 1 2 3]",
        "Then: [0 0 4;0 7 0;1 2 3] is it."}) {
    const GridReading reading = read_grid(text, 3);
    EXPECT_EQ(reading.grid, Grid::parse("004/070/123", 3)) << text << ": " << reading.reason;
    EXPECT_FALSE(reading.strict.grid) << text;
  }
  EXPECT_EQ(read_grid("output = [0 0 4; 0 7 0; 1 2 3]", 3).strictness, Strictness::kMarked);
  EXPECT_EQ(read_grid("[0 0 4; 0 7 0; 1 2]", 3).reason, "ragged rows");
  EXPECT_EQ(read_grid("[0 0 4; 0 7 0]", 3).reason, "wrong size");
  EXPECT_EQ(read_grid("[x y z; 0 7 0; 1 2 3]", 3).grid, std::nullopt);
}

TEST(ReadGrid, UnwrapsSignsThatHtmlNumbers) {
  for (const std::string text :
       {"&#91;&#91;0, 0&#93;, &#91;0, 7&#93;&#93;", "&#x5B;[0, 0], [0, 7]&#x5d;",
        "output: &#91;[0, 0], [0, 7]&#93;", "0 0&#10;0 7", "&#48; 0&#13;&#10;0 &#55;"})
    EXPECT_EQ(read_grid(text, 2).grid, Grid::parse("00/07", 2)) << text;
  for (const std::string text : {"&#;&#91", "&#x;", "&#99999999;", "&#", "&#xZZ;", "&#-1;"})
    EXPECT_EQ(read_grid(text, 2).reason, "no grid") << text;
}

TEST(ReadGrid, UnwrapsWhatNoLevelReads) {
  const GridReading reading = read_grid(R"({"output": "0 0\n0 7"})", 2);
  EXPECT_EQ(reading.grid, Grid::parse("00/07", 2));
  EXPECT_EQ(reading.strictness, Strictness::kUnwrapped);
  EXPECT_EQ(read_grid(R"({"output": "0 0\n0 7)", 2, true).grid, Grid::parse("00/07", 2));
  EXPECT_EQ(read_grid(R"({"seen": "0 0\n0 7)", 2, true).reason, "cut off");
}

TEST(ReadGrid, UnwrapsTablesOfEverySide) {
  for (int side = 3; side <= kMaxSide; ++side) {
    Grid grid(side);
    for (int i = 0; i < side * side; ++i)
      grid.cells()[static_cast<std::size_t>(i)] =
          static_cast<Colour>((i * 7 + i / side) % kColours);
    for (const int first : {0, 1}) {
      std::string table = "    ";
      for (int col = 0; col < side; ++col) table += std::to_string(col + first) + " ";
      for (int row = 0; row < side; ++row) {
        table += "\n" + std::to_string(row + first) + " | ";
        for (int col = 0; col < side; ++col) table += std::to_string(grid(row, col)) + " ";
      }
      EXPECT_EQ(read_grid(table, side).grid, grid) << table;
      EXPECT_EQ(read_grid(table, side).strictness, Strictness::kUnwrapped);
    }
  }
}

TEST(ReadGrid, TakesACutAnswerWhereItIsWholeAndNamed) {
  const std::string grid = python_list(board());
  EXPECT_EQ(read_grid("output: " + grid + "\nThe rea", 10, true).grid, board());
  EXPECT_EQ(read_grid("After the first rule: " + grid + "\nThen", 10, true).reason, "cut off");
  EXPECT_EQ(read_grid("output: " + grid.substr(0, 200), 10, true).reason, "cut off");
}

TEST(ReadGrid, ReadsEverySideThatAGridMayHave) {
  for (int side = 2; side <= kMaxSide; ++side) {
    Grid grid(side);
    for (int i = 0; i < side * side; ++i)
      grid.cells()[static_cast<std::size_t>(i)] = static_cast<Colour>(i * 7 % kColours);
    EXPECT_EQ(read_grid("output: " + python_list(grid), side).grid, grid) << side;
    EXPECT_EQ(read_grid(python_list(grid), side).strictness, Strictness::kList) << side;
  }
}

// Texts that would take a quadratic reader minutes.
TEST(ReadGrid, ReadsLongTextsAtOnce) {
  constexpr std::size_t kBytes = 2'000'000;
  const std::string answer = "\noutput: " + python_list(board());
  for (const std::string piece : {"[",         "]",         "[[",
                                  "[0, 0], ",  "0 0 0 0\n", "output ",
                                  "```",       "<think>",   "</think>",
                                  "\n\n",      "1;",        "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1],\n",
                                  "<details>", "[think] ",  "\\n",
                                  "1 2\n",     "\n",        "thinking...\n",
                                  "&lt;",      "<|",        "0 1 2 3 4 5 6 7 8 9\n"}) {
    std::string text;
    while (text.size() < kBytes) text += piece;
    const GridReading reading = read_grid(text + answer, 10);
    if (piece == "<think>" || piece == "[think] " || piece == "thinking...\n") {
      EXPECT_EQ(reading.reason, "thinking never ended");
    } else {
      EXPECT_EQ(reading.grid, board()) << piece;
    }
  }
}

TEST(ReadGrid, ReadsTenMegabytes) {
  std::string text;
  while (text.size() < 10'000'000) text += "Row 3 becomes [0, 0, 4], as in pair 7. ";
  EXPECT_EQ(read_grid(text + "\noutput: " + python_list(board()), 10).grid, board());
}

}  // namespace
}  // namespace recombine
