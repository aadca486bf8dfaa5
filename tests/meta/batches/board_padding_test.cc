#include "meta/batches/board_padding.h"

#include <set>

#include <gtest/gtest.h>

#include "data/error.h"
#include "meta/batches/batch_rules.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

TEST(BoardPadding, IsDrawnForAGroupAmongLargerSides) {
  std::set<int> sides;
  std::set<int> places;
  for (std::uint64_t group = 0; group < 60; ++group) {
    const BoardPadding drawn = drawn_padding({4, 6, 9}, 6, 3, group);
    EXPECT_EQ(drawn, drawn_padding({4, 6, 9}, 6, 3, group));
    EXPECT_EQ(drawn.above + drawn.below, drawn.left + drawn.right);
    sides.insert(6 + drawn.above + drawn.below);
    places.insert(drawn.above);
  }
  EXPECT_EQ(sides, (std::set<int>{6, 9}));
  EXPECT_EQ(places, (std::set<int>{0, 1, 2, 3}));
  EXPECT_EQ(drawn_padding({}, 6, 3, 0), BoardPadding{});
  EXPECT_EQ(drawn_padding({4}, 6, 3, 0), BoardPadding{});
}

TEST(BoardPadding, PutsBackgroundAroundTheGrid) {
  const torch::Tensor grids = torch::full({1, 2, 2}, 5, torch::kUInt8);
  const torch::Tensor larger = padded(grids, {.above = 1, .below = 0, .left = 0, .right = 1});
  EXPECT_TRUE(
      torch::equal(larger[0], torch::tensor({{0, 0, 0}, {5, 5, 0}, {5, 5, 0}}, torch::kUInt8)));
}

TEST(BoardPadding, RefusesWhatIsNoSide) {
  EXPECT_EQ(padded_sides({"10", "14"}), (std::vector<int>{10, 14}));
  EXPECT_THROW(padded_sides({"ten"}), InputError);
  EXPECT_THROW(padded_sides({"40"}), InputError);
  EXPECT_THROW(padded_sides({"10", "10"}), InputError);
}

TEST(MakeBatch, PadsAllGridsOfAnEpisodeAlike) {
  const EpisodeTensors episodes = pack_episodes(small_episodes(2));
  BatchRules rules;
  rules.aux = true;
  rules.copy = true;
  rules.colour_permutation = true;
  rules.pad_to = {8};
  const GridBatch batch = make_batch(episodes, {0, 1}, 0, rules, 0);
  EXPECT_EQ(batch.study.size(-1), 8);
  EXPECT_EQ(batch.query_inputs.sizes(), (std::vector<std::int64_t>{2, 3 + 6 + 6, 8, 8}));
  EXPECT_TRUE(batch.query_outputs.narrow(1, 9, 6).equal(batch.study.select(2, 1)));
  EXPECT_EQ(batch.study.ne(0).sum().item<int>(), episodes.study.ne(0).sum().item<int>());
}

}  // namespace
}  // namespace recombine
