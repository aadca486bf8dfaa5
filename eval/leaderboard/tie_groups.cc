#include "eval/leaderboard/tie_groups.h"

#include <algorithm>
#include <array>
#include <map>

#include "data/set_names.h"

namespace recombine {
namespace {

constexpr std::array<std::string_view, 4> kSplits = {kTestOodSet, kValOodSet, kTestIdSet,
                                                     kValIdSet};

const Interval* exact_on(const LeaderboardRow& row, const std::string& split) {
  const RowFigures* figures = row.find(split);
  return figures == nullptr ? nullptr : figures->figures.find("exact");
}

struct Relation {
  bool apart = false;
  TieTest test = TieTest::kIntervals;
};

/// The comparison of two rows' reports on a set; null where there is none.
const Comparison* comparison_of(const LeaderboardRow& a,
                                const LeaderboardRow& b,
                                const std::string& split,
                                std::span<const Comparison> comparisons) {
  const auto place = std::ranges::find_if(comparisons, [&](const Comparison& one) {
    const auto [first, second] = one.reports;
    const bool these =
        (first == a.report && second == b.report) || (first == b.report && second == a.report);
    return these && one.split == split;
  });
  return place == comparisons.end() ? nullptr : &*place;
}

Relation relation_of(const LeaderboardRow& better,
                     const LeaderboardRow& worse,
                     const std::string& split,
                     std::span<const Comparison> comparisons) {
  const Comparison* paired = comparison_of(better, worse, split, comparisons);
  if (paired != nullptr) return {paired->told_apart, TieTest::kPaired};
  const bool overlap = exact_on(better, split)->low <= exact_on(worse, split)->high;
  const bool same_data = better.find(split)->digest == worse.find(split)->digest;
  return {!overlap, same_data ? TieTest::kIntervals : TieTest::kOtherData};
}

void group_family(std::span<LeaderboardRow> rows,
                  const std::string& family,
                  std::span<const Comparison> comparisons) {
  const std::string split = grouping_split(rows, family);
  const LeaderboardRow* leader = nullptr;
  int group = 0;
  for (LeaderboardRow& row : rows) {
    const bool counts = row.family == family && !row.anchor() && !row.published();
    if (!counts || exact_on(row, split) == nullptr) continue;
    Relation relation{true, TieTest::kNone};
    if (leader != nullptr) relation = relation_of(*leader, row, split, comparisons);
    if (relation.apart) {
      leader = &row;
      ++group;
    } else {
      row.tie_test = relation.test;
    }
    row.tie_group = group;
  }
}

}  // namespace

std::string grouping_split(std::span<const LeaderboardRow> rows, const std::string& family) {
  const auto of_family = [&](const LeaderboardRow& row) { return row.family == family; };
  for (const std::string_view name : kSplits) {
    std::string split(name);
    const bool any = std::ranges::any_of(rows, [&](const LeaderboardRow& row) {
      return of_family(row) && exact_on(row, split) != nullptr;
    });
    if (any) return split;
  }
  std::map<std::string, int> counts;  // of rows, by set
  for (const LeaderboardRow& row : rows) {
    if (!of_family(row)) continue;
    for (const auto& [split, figures] : row.splits)
      counts[split] += figures.figures.find("exact") != nullptr ? 1 : 0;
  }
  const auto most =
      std::ranges::max_element(counts, {}, [](const auto& set) { return set.second; });
  return most == counts.end() || most->second == 0 ? "" : most->first;
}

void group_ties(std::span<LeaderboardRow> rows, std::span<const Comparison> comparisons) {
  std::vector<std::string> families;
  for (const LeaderboardRow& row : rows) {
    if (std::ranges::find(families, row.family) == families.end()) families.push_back(row.family);
  }
  for (const std::string& family : families) group_family(rows, family, comparisons);
}

}  // namespace recombine
