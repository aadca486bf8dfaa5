#pragma once
// What people look at: who is better, by how much, on what, and what was answered.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "eval/leaderboard/rows.h"
#include "eval/page/item_json.h"
#include "eval/page/learning.h"
#include "eval/page/questions.h"
#include "eval/page/traces.h"
#include "eval/report/report.h"

namespace recombine {

struct ReportPage {
  std::string title = "Recombine report";
  ReportSet reports;
  std::vector<LeaderboardRow> rows;  ///< measured ones first
  std::vector<PageSet> sets;         ///< with questions to look at
  std::vector<PageRun> runs;
  std::vector<PageTrace> traces;
  std::size_t questions = 0;  ///< of each of the sets, at most
  PageLook look;
};

/// One file, whatever it shows: the winner, the sets of data, pictures and tables of all scores,
/// errors, comparisons, curves, traces, and a gallery of questions and answers.
std::string report_page(const ReportPage& page);

/// The leaderboard in the form that the ending of a file's name asks for: .md, .csv, .html or
/// .json. Throws InputError for another. `reports`: those of the rows.
std::string leaderboard_text(std::span<const LeaderboardRow> rows,
                             const ReportSet& reports,
                             const std::string& file,
                             const PageLook& look = {});

}  // namespace recombine
