// Files of results in the odd forms that providers write, with what a person reads in them.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/prediction.h"
#include "data/text.h"
#include "eval/llm/answers/import.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

constexpr int kResultSide = 4;

fs::path results_folder() { return fs::path(source_folder()) / "tests/golden/results"; }

std::vector<std::string> rows_of_table() {
  std::vector<std::string> rows;
  std::ifstream in(results_folder() / "table.md");
  std::string line;
  while (std::getline(in, line)) {
    const bool head = line.starts_with("| file |") || line.starts_with("| ---");
    if (line.starts_with("| ") && !head) rows.push_back(line);
  }
  return rows;
}

/// The grids of predictions by item, as letters.
std::map<std::string, std::string> letters_in(const fs::path& predictions) {
  const std::map<std::string, std::string> known = {
      {to_text(Grid::parse("0050/0550/0000/3000", kResultSide)), "A"},
      {to_text(Grid::parse("5000/5500/0000/3000", kResultSide)), "B"}};
  std::map<std::string, std::string> letters;
  for (const Prediction& row : read_predictions(predictions)) {
    const auto found = row.output ? known.find(to_text(*row.output)) : known.end();
    letters[row.item] = found != known.end() ? found->second : row.output ? "other" : "-";
  }
  return letters;
}

std::string or_dash(const Json& text) {
  const auto words = text.get<std::string>();
  return words.empty() ? "-" : words;
}

/// The rows of the table that a file gives.
std::vector<std::string> rows_of_file(const std::string& file, const fs::path& out) {
  AnswerJob job;
  job.prompts = results_folder() / "prompts";
  job.responses = {results_folder() / file};
  job.out = out;
  job.force = true;
  import_answers(job);
  const auto person = letters_in(out);
  fs::path twin = out;
  const auto strict = letters_in(twin.replace_extension(".strict.jsonl"));
  std::vector<std::string> rows;
  const Json readings = Json::parse(read_file(readings_file(out)));
  for (const Json& answer : readings.at("answers")) {
    if (answer.at("state") == "missing") continue;
    const auto item = answer.at("item").get<std::string>();
    std::set<std::string> kinds;
    for (const Json& thought : answer.at("thoughts"))
      kinds.insert(thought.at("kind").get<std::string>());
    const std::vector<std::string> named(kinds.begin(), kinds.end());
    const bool read = !answer.at("strictness").get<std::string>().empty();
    rows.push_back(cat("| ", file, " | ", answer.at("id").get<std::string>(), " | ",
                       answer.at("state").get<std::string>(), " | ", or_dash(answer.at("ended")),
                       " | ", person.at(item), " | ",
                       answer.at(read ? "strictness" : "reason").get<std::string>(), " | ",
                       strict.at(item), " | ", named.empty() ? "-" : join_text(named, ", "), " | ",
                       answer.at("answers").get<int>(), " |"));
  }
  return rows;
}

TEST(Results, AreReadAsAPersonReadsThem) {
  const std::vector<std::string> rows = rows_of_table();
  const TemporaryFolder folder;
  std::vector<std::string> made;
  std::set<std::string> files;
  for (const std::string& row : rows) {
    const std::string file = split_text(row, '|').front();
    if (!files.insert(file).second) continue;
    for (std::string& one : rows_of_file(file, folder / "p.jsonl")) made.push_back(std::move(one));
  }
  EXPECT_EQ(join_text(rows, "\n"), join_text(made, "\n"));
}

TEST(Results, AreTenFilesOfEachProvider) {
  std::set<std::string> listed;
  for (const std::string& row : rows_of_table()) listed.insert(split_text(row, '|').front());
  std::map<std::string, int> counts;
  for (const auto& entry : fs::recursive_directory_iterator(results_folder())) {
    const std::string folder = entry.path().parent_path().filename().string();
    if (!entry.is_regular_file() || folder == "results" || folder == "prompts") continue;
    ++counts[folder];
    EXPECT_TRUE(listed.contains(folder + "/" + entry.path().filename().string())) << entry.path();
  }
  EXPECT_EQ(counts.size(), 6U);
  for (const auto& [provider, count] : counts) EXPECT_EQ(count, 10) << provider;
}

}  // namespace
}  // namespace recombine
