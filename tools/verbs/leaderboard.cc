// recombine leaderboard: reports side by side.

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <system_error>

#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/storage/folder.h"
#include "data/text.h"
#include "data/visible_text.h"
#include "eval/leaderboard/rows.h"
#include "eval/page/report_page.h"
#include "eval/suite/matrix.h"
#include "tools/command.h"
#include "tools/palette_option.h"

namespace recombine {
namespace {

struct LeaderboardOptions {
  std::string out;
  bool published = false;
  bool average = false;
  bool screen = false;
  bool suite = false;
  bool json = false;
  std::string palette = "official";
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("out", self.out, "file to write: .md, .csv, .html or .json");
    visit("published", self.published, "add the papers' figures, in tables of their own");
    visit("average", self.average,
          "runs of one name, size and data, such as seeds, as one row: means with 95 % intervals "
          "over runs");
    visit("screen", self.screen,
          "a short table a subject on standard output: model, ID, OOD, parameters, time");
    visit("suite", self.suite,
          "reports of suite score, or a folder of them: a matrix of what is held out by predictor, "
          "ID, OOD and drop");
    visit("json", self.json, "one JSON object on standard output");
    visit_palette(self.palette, visit);
    visit("force", self.force, "replace a file that is there");
  }
};

/// The published rows of the families of `rows`; of all families where there are none.
std::vector<LeaderboardRow> published_beside(const std::vector<LeaderboardRow>& rows) {
  std::vector<LeaderboardRow> published = published_rows();
  if (rows.empty()) return published;
  std::erase_if(published, [&](const LeaderboardRow& row) {
    return std::ranges::find(rows, row.family, &LeaderboardRow::family) == rows.end();
  });
  return published;
}

/// What an earlier `leaderboard --suite --out` wrote beside the reports.
bool is_matrix(const std::filesystem::path& file) {
  const Json json = try_parse_json(read_file(file));
  return json.is_object() && json.value("schema", Json()) == kMatrixSchema;
}

/// The reports themselves; of a folder those in it.
Names suite_files(const Names& words) {
  Names files;
  for (const std::string& word : words) {
    std::error_code none;
    if (!std::filesystem::is_directory(word, none)) {
      files.push_back(word);
      continue;
    }
    for (const std::filesystem::path& entry : visible_entries(word)) {
      if (entry.extension() == ".json" && !is_matrix(entry)) files.push_back(entry.string());
    }
  }
  require_data(!files.empty(), join_text(words, ", "), ": holds no report, a file .json");
  return files;
}

class LeaderboardVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    require(!call.positional.empty() || own_.published, "takes reports: the files that `recombine ",
            own_.suite ? "suite score" : "evaluate", " --out` writes");
    require(!own_.screen || !own_.json, "--screen and --json: one of the two");
    if (own_.suite) return run_suite(call);
    ReportSet set;
    for (const std::string& file : call.positional) set.append(read_reports(file));
    auto rows = leaderboard_rows(set, own_.average);
    if (own_.published) {
      const auto published = published_beside(rows);
      rows.insert(rows.end(), published.begin(), published.end());
    }
    if (!own_.out.empty()) {
      const std::string text = leaderboard_text(rows, set, own_.out, {own_.palette});
      refuse_existing_file(own_.out, own_.force);
      write_file(own_.out, text);
    }
    if (own_.json) {
      std::cout << leaderboard_json(rows).dump(2) << "\n";
    } else if (own_.screen) {
      std::cout << visible_text(leaderboard_screen(rows), LineEnds::kKept);
    } else if (own_.out.empty()) {
      std::cout << visible_text(leaderboard_markdown(rows), LineEnds::kKept);
    } else {
      std::cout << own_.out << ": " << rows.size() << " rows\n";
    }
    return kDone;
  }

 private:
  int run_suite(const Call& call) const {
    require(!own_.published && !own_.average && !own_.screen,
            "--suite: goes with none of --published, --average and --screen");
    std::vector<SuiteResult> results;
    for (const std::string& file : suite_files(call.positional)) {
      const std::vector<SuiteResult> more = read_suite_results(file);
      results.insert(results.end(), more.begin(), more.end());
    }
    const SuiteMatrix matrix = suite_matrix(results);
    if (!own_.out.empty()) {
      const std::string text = matrix_text(matrix, own_.out);
      refuse_existing_file(own_.out, own_.force);
      write_file(own_.out, text);
    }
    if (own_.json) {
      std::cout << matrix_json(matrix).dump(2) << "\n";
    } else if (own_.out.empty()) {
      std::cout << visible_text(matrix_markdown(matrix), LineEnds::kKept);
    } else {
      std::cout << own_.out << ": " << matrix.rows.size() << " tasks, " << matrix.models.size()
                << " models\n";
    }
    return kDone;
  }

  LeaderboardOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_leaderboard() { return std::make_unique<LeaderboardVerb>(); }

}  // namespace recombine
