#include <gtest/gtest.h>

#include "data/error.h"
#include "models/entry.h"
#include "models/executor/grid_tokens.h"
#include "tests/models/executor/executor_fixtures.h"

namespace recombine {
namespace {

ModelConfig relative_config() {
  ModelConfig config = executor_config();
  config.places = "relative";
  config.reach = 3;
  return config;
}

/// The episode of one_episode() in the middle of a larger board.
GridBatch on_board(int side) {
  GridBatch batch = one_episode();
  const std::int64_t more = side - 6;
  const std::vector<std::int64_t> around{more / 2, more - more / 2, more / 2, more - more / 2};
  batch.study = torch::constant_pad_nd(batch.study, around);
  batch.query_inputs = torch::constant_pad_nd(batch.query_inputs, around);
  batch.query_outputs = torch::constant_pad_nd(batch.query_outputs, around);
  return batch;
}

TEST(PlacesAlong, AreDistancesFromBothEdgesOfTheBoard) {
  const torch::Tensor numbered = torch::arange(6).view({3, 2});
  EXPECT_TRUE(torch::equal(places_along(numbered, 6, 2), numbered));
  const torch::Tensor table =
      torch::tensor({{{1.0F}, {2.0F}, {3.0F}}, {{10.0F}, {20.0F}, {30.0F}}});
  EXPECT_TRUE(torch::equal(places_along(table, 6, 1).flatten(),
                           torch::tensor({31.0F, 32.0F, 33.0F, 33.0F, 23.0F, 13.0F})));
  EXPECT_TRUE(
      torch::equal(places_along(table, 6, 2).flatten(), torch::tensor({31.0F, 33.0F, 23.0F})));
}

TEST(SeenFromEdges, CountsWhatIsFartherThanReachAsAtReach) {
  // The object's first and last row are row 2 of 6; the table is -1, 0 and 1.
  const torch::Tensor boxes = torch::zeros({1, 2, 6});
  boxes[0][0][2] = 1;
  boxes[0][1][2] = 1;
  const torch::Tensor table = torch::tensor({{{-1.0F}, {0.0F}, {1.0F}}}).expand({2, 3, 1});
  EXPECT_TRUE(torch::equal(seen_from_edges(boxes, table, 1).flatten(),
                           torch::tensor({-2.0F, -2.0F, 0.0F, 2.0F, 2.0F, 2.0F})));
}

TEST(RelativePlaces, HaveTheSameWeightsForEverySide) {
  const auto small = executor_parameters(relative_config(), {6, 6, 0, 0});
  const auto large = executor_parameters(relative_config(), {20, 6, 0, 0});
  ASSERT_EQ(small.size(), large.size());
  for (std::size_t i = 0; i < small.size(); ++i) {
    EXPECT_EQ(small[i].name, large[i].name);
    EXPECT_EQ(small[i].shape, large[i].shape) << small[i].name;
  }
}

TEST(RelativePlaces, AnswerAnySideThatThePatchDivides) {
  ModelConfig config = relative_config();
  for (const char* sections : {"told", "hidden"}) {
    config.sections = sections;
    const auto model = make_grid_model(config, kShape, 1);
    for (const int side : {6, 8, 14}) {
      const GridBatch batch = on_board(side);
      EXPECT_EQ(model->predict(batch).grids.sizes(), batch.query_outputs.sizes()) << side;
      EXPECT_EQ(model->follow_rules(batch).size(), 3U);
      model->loss(batch).backward();
    }
  }
  EXPECT_TRUE(reads_shape(config, {6, 6, 0, 0}, {14, 6, 0, 0}));
  EXPECT_FALSE(reads_shape(config, {6, 6, 0, 0}, {7, 6, 0, 0}));
  EXPECT_TRUE(reads_shape(config, {6, 6, 0, 0}, {6, 36, 0, 0}));
  EXPECT_FALSE(reads_shape(executor_config(), {6, 6, 0, 0}, {8, 6, 0, 0}));
}

TEST(RelativePlaces, NeedTheObjectsBoundingBox) {
  ModelConfig config = relative_config();
  config.bounding_box = false;
  EXPECT_THROW(config.validate(), InputError);
}

}  // namespace
}  // namespace recombine
