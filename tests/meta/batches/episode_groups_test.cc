#include "meta/batches/episode_groups.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "data/error.h"
#include "meta/batches/grid_batches.h"
#include "meta/batches/grouped_order.h"
#include "models/config.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

std::vector<Episode> of_side(int side, int count) {
  GridConfig grids = small_grids();
  grids.side = side;
  const FreshEpisodes source({grids, small_split()}, 7, FreshUse::kTrain);
  std::vector<Episode> episodes;
  episodes.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) episodes.push_back(source.make(static_cast<std::uint64_t>(i)));
  return episodes;
}

/// Of sides 6 and 8 by turns, the last three of side 6 with a section less.
std::vector<Episode> unequal_episodes() {
  const std::vector<Episode> small = of_side(6, 8);
  const std::vector<Episode> large = of_side(8, 5);
  std::vector<Episode> all;
  for (std::size_t i = 0; i < 5; ++i) {
    all.push_back(small[i]);
    all.push_back(large[i]);
  }
  for (std::size_t i = 5; i < 8; ++i) {
    all.push_back(small[i]);
    all.back().study.pop_back();
  }
  return all;
}

TEST(EpisodeGroups, KeepsEpisodesOfOneLayoutTogether) {
  const TemporaryFolder folder;
  const std::vector<Episode> episodes = unequal_episodes();
  const EpisodeSet set = write_set(folder / "set", episodes);
  const EpisodeGroups loaded = load_groups(set, 0, false);
  ASSERT_EQ(loaded.groups.size(), 3U);
  EXPECT_EQ(loaded.groups[0].size(), 5);
  EXPECT_EQ(loaded.groups[1].shape.side, 8);
  EXPECT_EQ(loaded.groups[2].shape.study, 5);
  EXPECT_EQ(loaded.queries(), episodes.size() * 3);
  for (std::size_t i = 0; i < episodes.size(); ++i) {
    const auto [group, row] = loaded.places[i];
    const Grid& truth = episodes[i].queries[0].output;
    const torch::Tensor stored = loaded.groups[group].queries[row][0][1].flatten();
    EXPECT_TRUE(torch::equal(
        stored, torch::tensor(std::vector<std::uint8_t>(truth.cells().begin(), truth.cells().end()),
                              torch::kUInt8)));
  }
}

TEST(EpisodeGroups, AreOneWhereAllEpisodesAreAlike) {
  const TemporaryFolder folder;
  std::vector<Episode> episodes = of_side(6, 4);
  std::ranges::reverse(episodes[2].study);  // a shuffled set
  const EpisodeSet set = write_set(folder / "set", episodes);
  const EpisodeGroups loaded = load_groups(set, 0, true);
  const EpisodeTensors all = load_episodes(set, 0, true);
  ASSERT_EQ(loaded.groups.size(), 1U);
  EXPECT_EQ(loaded.groups[0].shape, all.shape);
  EXPECT_TRUE(loaded.groups[0].study.equal(all.study));
  EXPECT_TRUE(loaded.groups[0].spare.equal(all.spare));
}

TEST(EpisodeGroups, AreRefusedWhereTheModelNeedsOneStudySet) {
  EpisodeGroups groups = one_group(pack_episodes(of_side(6, 2)));
  groups.groups.push_back(pack_episodes(of_side(6, 2)));
  ModelConfig fast;
  EXPECT_NO_THROW(require_one_study(fast, groups, "set"));
  groups.groups[1].shape.study_roles[0] = kAllRoles;
  EXPECT_THROW(require_one_study(fast, groups, "set"), DataError);
  ModelConfig executor;
  executor.name = "executor";
  EXPECT_NO_THROW(require_one_study(executor, groups, "set"));
}

TEST(GroupedOrder, ShowsEachEpisodeOnceAnEpochInBlocksOfOneGroup) {
  const GroupedOrder order(5, {8, 12}, 4);
  EXPECT_EQ(order.items(), 20U);
  for (std::uint64_t epoch = 0; epoch < 2; ++epoch) {
    std::map<std::size_t, std::vector<std::int64_t>> seen;
    for (std::uint64_t block = 0; block < 5; ++block) {
      const auto [group, rows] = order.rows({20 * epoch + 4 * block, 4});
      seen[group].insert(seen[group].end(), rows.begin(), rows.end());
    }
    for (auto& [group, rows] : seen) {
      std::ranges::sort(rows);
      ASSERT_EQ(rows.size(), group == 0 ? 8U : 12U);
      for (std::size_t i = 0; i < rows.size(); ++i)
        EXPECT_EQ(rows[i], static_cast<std::int64_t>(i));
    }
  }
}

TEST(GroupedOrder, IsAFunctionOfTheNumberAlone) {
  const GroupedOrder order(5, {7, 3}, 4);
  EXPECT_EQ(order.items(), 12U) << "the last block of a group begins it again";
  const auto whole = order.rows({16, 4});
  const auto half = order.rows({18, 2});
  EXPECT_EQ(half.group, whole.group);
  EXPECT_EQ(half.rows, std::vector<std::int64_t>(whole.rows.begin() + 2, whole.rows.end()));
  EXPECT_EQ(GroupedOrder(5, {7, 3}, 4).rows({16, 4}).rows, whole.rows);
}

TEST(GroupedOrder, ShufflesEachGroupInItsOwnWay) {
  const GroupedOrder order(5, {64, 64}, 64);
  const auto one = order.rows({0, 64});
  const auto other = order.rows({64, 64});
  EXPECT_NE(one.group, other.group);
  EXPECT_NE(one.rows, other.rows);
}

TEST(GroupedBatches, AreOfOneSide) {
  const TemporaryFolder folder;
  const EpisodeSet set = write_set(folder / "set", unequal_episodes());
  const auto source = make_grouped_batches(load_groups(set, 0, false), {}, 4);
  EXPECT_EQ(source->epoch_items(), 4U * (2 + 2 + 1));
  std::map<std::int64_t, int> sides;
  for (std::uint64_t step = 0; step < 5; ++step) {
    const ItemRange whole{4 * step, 4};
    const Batch made = source->batch(whole, whole);
    const auto& grids = std::get<GridBatch>(made.items);
    EXPECT_EQ(grids.study.size(0), 4);
    ++sides[grids.study.size(-1)];
    const Batch again = source->batch({4 * step + 1, 3}, whole);
    EXPECT_TRUE(std::get<GridBatch>(again.items).study.equal(grids.study.narrow(0, 1, 3)));
  }
  EXPECT_EQ(sides, (std::map<std::int64_t, int>{{6, 3}, {8, 2}}));
}

}  // namespace
}  // namespace recombine
