#include "eval/scoring/published_scores.h"

#include <array>
#include <optional>

#include <gtest/gtest.h>

namespace recombine {
namespace {

constexpr std::array<std::string_view, 3> kFigures = {"exact", "bridge", "never"};

/// A question that is answered rightly, with a bridge that is right, wrong, or not there.
QueryScore answered(std::optional<bool> bridge) {
  QueryScore score;
  score.state = QueryState::kAnswered;
  score.counts = {{1, 1}, {}, {}};
  if (bridge) score.counts[1] = {*bridge ? 1U : 0U, 1};
  return score;
}

void add(PublishedTally& tally, int items, std::optional<bool> bridge) {
  const QueryScore score = answered(bridge);
  for (int i = 0; i < items; ++i) tally.add_item({&score, 1});
}

using Values = std::vector<std::pair<std::string, double>>;

TEST(PublishedTally, LeavesOutItemsToWhichAFigureDoesNotApply) {
  PublishedTally tally(kFigures, "model");
  add(tally, 3, std::nullopt);
  add(tally, 6, true);
  add(tally, 2, false);
  const PublishedScores scores = tally.finish();
  EXPECT_EQ(scores.figures, (Values{{"exact", 1.0}, {"bridge", 0.75}})) << "none is of the third";
  EXPECT_EQ(scores.counted, 11U);
}

TEST(PublishedTally, LeavesOutBatchesOfSuchItems) {
  PublishedTally tally(kFigures, "model");
  add(tally, 200, std::nullopt);
  add(tally, 199, true);
  add(tally, 1, false);
  add(tally, 1, true);  // a third batch
  EXPECT_DOUBLE_EQ(tally.finish().figures.at(1).second, (199.0 / 200 + 1) / 2);
}

}  // namespace
}  // namespace recombine
