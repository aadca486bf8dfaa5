#include "meta/workers/fixed_batch.h"

#include <gtest/gtest.h>

namespace recombine {
namespace {

/// `items` episodes of `queries` queries, whose cells are all `colour`.
Batch batch_of(std::int64_t items, std::int64_t queries, int colour) {
  const auto grids = [&](const std::vector<std::int64_t>& sizes) {
    return torch::full(sizes, colour, torch::kUInt8);
  };
  return {GridBatch{grids({items, 6, 2, 6, 6}), grids({items, queries, 6, 6}),
                    grids({items, queries, 6, 6})},
          torch::ones({})};
}

const torch::Tensor& study_of(const BatchPlace& place) {
  return std::get<GridBatch>(place.batch().items).study;
}

TEST(BatchPlace, IsNotTakenByAShortBatchThatComesFirst) {
  BatchPlace place(4);
  Batch rest = batch_of(3, 2, 1);
  Batch full = batch_of(4, 2, 2);
  EXPECT_FALSE(place.put(rest));
  EXPECT_TRUE(place.put(full));
  EXPECT_FALSE(place.put(rest));
  EXPECT_EQ(study_of(place).size(0), 4);
  EXPECT_TRUE(study_of(place).eq(2).all().item<bool>());
}

TEST(BatchPlace, HasOneAddressForAllBatchesOfAShape) {
  BatchPlace place(4);
  Batch first = batch_of(4, 2, 1);
  EXPECT_TRUE(place.put(first));
  const void* address = study_of(place).data_ptr();
  EXPECT_NE(address, std::get<GridBatch>(first.items).study.data_ptr());
  Batch second = batch_of(4, 2, 3);
  EXPECT_TRUE(place.put(second));
  EXPECT_EQ(study_of(place).data_ptr(), address);
  EXPECT_TRUE(study_of(place).eq(3).all().item<bool>());
  Batch other = batch_of(4, 5, 4);
  EXPECT_FALSE(place.put(other));
  EXPECT_TRUE(study_of(place).eq(3).all().item<bool>());
}

}  // namespace
}  // namespace recombine
