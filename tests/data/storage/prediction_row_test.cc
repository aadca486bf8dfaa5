#include "data/storage/prediction_row.h"

#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// As a writer of grids writes it.
std::string written(const Prediction& row) {
  const TemporaryFolder folder;
  PredictionWriter writer(folder / "p.jsonl", {});
  writer.write(row);
  writer.finish();
  return first_line(read_file(folder / "p.jsonl"));
}

/// What the JSON reader makes of the line: keys in another order are not plain.
Prediction read_as_json(const std::string& line) {
  const TemporaryFolder folder;
  write_file(folder / "p.jsonl", "{ " + line.substr(1) + "\n");
  return read_predictions(folder / "p.jsonl").at(0);
}

void expect_same(const Prediction& a, const Prediction& b) {
  EXPECT_EQ(a.item, b.item);
  EXPECT_EQ(a.query, b.query);
  EXPECT_EQ(a.output, b.output);
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.invalid, b.invalid);
  EXPECT_EQ(a.log_probability, b.log_probability);
  EXPECT_EQ(a.forced, b.forced);
}

TEST(PlainRow, SaysWhatTheJsonReaderSays) {
  for (const std::optional<double> log_probability :
       {std::optional<double>{}, {-1.25}, {0.0}, {-1e-7}, {-123.456789012345678}, {-2.0}}) {
    for (const int side : {1, 2, 9, 10, kMaxSide}) {
      Grid grid(side);
      grid(side - 1, 0) = 9;
      const std::string line = written({"e0.r110", side, grid, "", "", log_probability, ""});
      const auto row = read_plain_row(line);
      ASSERT_TRUE(row.has_value()) << line;
      expect_same(*row, read_as_json(line));
      EXPECT_EQ(row->output, grid);
    }
  }
}

TEST(PlainRow, LeavesAllElseToTheJsonReader) {
  const std::string begin = R"({"item":"e0","query":1,"output":)";
  const std::string end = R"(,"invalid":null,"log_probability":null})";
  ASSERT_TRUE(read_plain_row(begin + "[[1,0],[0,2]]" + end).has_value());
  for (const char* output :
       {"[[1,0],[0,2]", "[[1,0],[0]]", "[[1,0]]", "[[10]]", "[[-1]]", "[]", "[[]]",
        "[[1,0],[0,2],[1,1]]", "[[1,],[0,2]]", "null", "\"<e_1>\"", "[[1.0]]", "[[ 1]]"}) {
    EXPECT_FALSE(read_plain_row(cat(begin, output, end)).has_value()) << output;
  }
  const std::string grid = R"("output":[[1]],"invalid":null,"log_probability":)";
  for (const std::string& line :
       {R"({"item":"e\\u0030","query":1,)" + grid + "null}",
        R"({"item":"e","query":-1,)" + grid + "null}",
        R"({"item":"e","query":1.5,)" + grid + "null}",
        R"({"item":"e","query":01,)" + grid + "null}",
        R"({"item":"e","query":4294967296,)" + grid + "null}",
        R"({"item":"e","query":1,)" + grid + "null", R"({"item":"e","query":1,)" + grid + "null} ",
        R"({"item":"e","query":1,)" + grid + "01}", R"({"item":"e","query":1,)" + grid + "inf}",
        R"({"item":"e","query":1,)" + grid + "\"1\"}", R"({"item":"e","query":1,)" + grid + "}",
        std::string()}) {
    EXPECT_FALSE(read_plain_row(line).has_value()) << line;
  }
}

}  // namespace
}  // namespace recombine
