// Ceilings of reports as rows.

#include <algorithm>

#include "data/error.h"
#include "eval/leaderboard/rows.h"

namespace recombine {
namespace {

RowFigures ceiling_figures(const Ceiling& ceiling, const SplitScores& scores) {
  RowFigures figures;
  const double share = ceiling.share();
  figures.figures.add("exact", {share, share, share, 0, "counted: the data's, without chance"});
  figures.digest = scores.data_digest;
  return figures;
}

/// The row of this name that says nothing of the split yet, or the same; made where there is none.
LeaderboardRow& row_for(std::vector<LeaderboardRow>& rows,
                        const LeaderboardRow& like,
                        const std::string& split,
                        const RowFigures& figures) {
  const auto fits = [&](const LeaderboardRow& row) {
    const RowFigures* known = row.find(split);
    return row.name == like.name && row.family == like.family &&
           (known == nullptr ||
            (known->digest == figures.digest && known->figures == figures.figures));
  };
  const auto place = std::ranges::find_if(rows, fits);
  return place == rows.end() ? rows.emplace_back(like) : *place;
}

void add_ceilings(std::vector<LeaderboardRow>& rows,
                  const Report& report,
                  const std::string& split,
                  const SplitScores& scores) {
  for (const Ceiling& ceiling : scores.ceilings) {
    if (ceiling.queries == 0) continue;
    LeaderboardRow like;
    like.family = report.family;
    like.name = cat("ceiling, ", ceiling.order == "any" ? "any order" : "order known");
    like.kind = kCeilingKind;
    like.digest = report.data_digest();
    like.note = "a guess among the answers that the study pairs allow";
    const RowFigures figures = ceiling_figures(ceiling, scores);
    LeaderboardRow& row = row_for(rows, like, split, figures);
    if (row.find(split) == nullptr) row.splits.emplace_back(split, figures);
  }
}

bool is_below_one(const LeaderboardRow& row) {
  return std::ranges::any_of(
      row.splits, [](const auto& split) { return split.second.figures.at("exact").value < 1; });
}

}  // namespace

std::vector<LeaderboardRow> ceiling_rows(const ReportSet& set) {
  std::vector<LeaderboardRow> rows;
  for (const Report& report : set.reports) {
    for (const auto& [split, scores] : report.splits) add_ceilings(rows, report, split, scores);
  }
  std::erase_if(rows, [](const LeaderboardRow& row) { return !is_below_one(row); });
  return rows;
}

}  // namespace recombine
