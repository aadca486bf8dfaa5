// Answers, each a habit of some model, with what a person reads in them: two hundred, and odd ones
// whose table has the level that unwraps.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "eval/llm/answers/strictness.h"
#include "tests/places.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

constexpr int kGridSide = 4;

struct Case {
  std::string name;
  std::string person;  ///< "A", "B", "C", "-" for none, "?" where two persons may differ
  bool cut = false;
  std::string text;
};

/// "=== name | person" or "=== name | person | cut", then the text of the answer.
std::vector<Case> cases_in(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<Case> cases;
  std::string line;
  while (std::getline(in, line)) {
    if (line.starts_with("=== ")) {
      const auto parts = split_text(line.substr(4), '|');
      cases.push_back({parts.at(0), parts.at(1), parts.size() > 2, ""});
    } else {
      cases.back().text += line + "\n";
    }
  }
  return cases;
}

/// A folder of answers and their table.
struct GoldenAnswers {
  const char* folder;
  std::size_t count;
  std::size_t levels;              ///< of strictness, that the table has columns for
  std::vector<std::string> known;  ///< what is beyond the reader, and what it says of it
};

std::ostream& operator<<(std::ostream& out, const GoldenAnswers& golden) {
  return out << golden.folder;
}

fs::path golden_folder(const GoldenAnswers& golden) {
  return fs::path(source_folder()) / "tests/golden" / golden.folder;
}

std::vector<Case> all_cases(const GoldenAnswers& golden) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(golden_folder(golden))) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<Case> all;
  for (const fs::path& file : files) {
    for (Case& found : cases_in(file)) {
      if (!found.text.empty()) found.text.pop_back();
      all.push_back(std::move(found));
    }
  }
  return all;
}

/// The grids that the answers hold, by letter.
const std::map<std::string, Grid>& letters() {
  static const std::map<std::string, Grid> kLetters = {
      {"A", Grid::parse("0050/0550/0000/3000", kGridSide)},
      {"B", Grid::parse("5000/5500/0000/3000", kGridSide)},
      {"C", Grid::parse("2000/2200/0000/0003", kGridSide)}};
  return kLetters;
}

std::string letter_of(const std::optional<Grid>& grid) {
  if (!grid) return "-";
  for (const auto& [letter, known] : letters()) {
    if (known == *grid) return letter;
  }
  return "other";
}

std::string row_of(const Case& answer, std::size_t levels) {
  const GridReading reading = read_grid(answer.text, kGridSide, answer.cut);
  std::string row =
      cat("| ", answer.name, " | ", answer.person, " | ", letter_of(reading.grid), " | ",
          reading.strictness ? kStrictnessNames.at(static_cast<std::size_t>(*reading.strictness))
                             : reading.reason);
  for (std::size_t strictness = 0; strictness < levels; ++strictness)
    row +=
        cat(" | ", letter_of(read_at(static_cast<Strictness>(strictness), answer.text, kGridSide)));
  return row + " |";
}

std::vector<std::string> table_rows(const GoldenAnswers& golden) {
  std::vector<std::string> rows;
  std::ifstream in(golden_folder(golden) / "table.md");
  std::string line;
  while (std::getline(in, line)) {
    const bool head = line.starts_with("| answer | person") || line.starts_with("| ---");
    if (line.starts_with("| ") && !head) rows.push_back(line);
  }
  return rows;
}

class GridReadings : public testing::TestWithParam<GoldenAnswers> {};

// What a person reads was written by hand. Two of the two hundred are known to be beyond the
// reader, which runs no program and reads no HTML: it says that there is no grid, and takes none
// for another.
TEST_P(GridReadings, AreWhatAPersonReads) {
  std::vector<std::string> differ;
  for (const Case& answer : all_cases(GetParam())) {
    if (answer.person == "?") continue;
    const std::string read = letter_of(read_grid(answer.text, kGridSide, answer.cut).grid);
    if (read != answer.person) differ.push_back(cat(answer.name, ": ", read));
  }
  EXPECT_EQ(differ, GetParam().known);
}

TEST_P(GridReadings, AreAtEveryStrictnessWhatTheTableSays) {
  const std::vector<Case> answers = all_cases(GetParam());
  EXPECT_EQ(answers.size(), GetParam().count);
  const std::vector<std::string> rows = table_rows(GetParam());
  std::vector<std::string> made;
  made.reserve(answers.size());
  for (const Case& answer : answers) made.push_back(row_of(answer, GetParam().levels));
  EXPECT_EQ(join_text(rows, "\n"), join_text(made, "\n"));
}

INSTANTIATE_TEST_SUITE_P(
    Golden,
    GridReadings,
    testing::Values(
        GoldenAnswers{"answers", 200, 5, {"code that builds the grid: -", "an HTML table: -"}},
        GoldenAnswers{"odd-answers", 94, 6, {}}),
    [](const auto& golden) {
      std::string name = golden.param.folder;
      std::erase(name, '-');
      return name;
    });

}  // namespace
}  // namespace recombine
