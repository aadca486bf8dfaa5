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

const torch::Tensor& study_of(const FixedBatch& fixed) {
  return std::get<GridBatch>(fixed.batch().items).study;
}

TEST(FixedBatch, IsNotTakenByAShortBatchThatComesFirst) {
  FixedBatch fixed(4);
  Batch rest = batch_of(3, 2, 1);
  Batch full = batch_of(4, 2, 2);
  EXPECT_FALSE(fixed.put(rest));
  EXPECT_TRUE(fixed.put(full));
  EXPECT_FALSE(fixed.put(rest));
  EXPECT_EQ(study_of(fixed).size(0), 4);
  EXPECT_TRUE(study_of(fixed).eq(2).all().item<bool>());
}

TEST(FixedBatch, HasOneAddressForAllBatchesOfAShape) {
  FixedBatch fixed(4);
  Batch first = batch_of(4, 2, 1);
  EXPECT_TRUE(fixed.put(first));
  const void* address = study_of(fixed).data_ptr();
  EXPECT_NE(address, std::get<GridBatch>(first.items).study.data_ptr());
  Batch second = batch_of(4, 2, 3);
  EXPECT_TRUE(fixed.put(second));
  EXPECT_EQ(study_of(fixed).data_ptr(), address);
  EXPECT_TRUE(study_of(fixed).eq(3).all().item<bool>());
  Batch other = batch_of(4, 5, 4);
  EXPECT_FALSE(fixed.put(other));
  EXPECT_TRUE(study_of(fixed).eq(3).all().item<bool>());
}

TEST(FixedBatch, IsNotTakenByABatchThatShowsOrAsksSomethingElse) {
  FixedBatch fixed(4);
  Batch first = batch_of(4, 2, 1);
  EXPECT_TRUE(fixed.put(first));
  Batch shown = batch_of(4, 2, 2);
  std::get<GridBatch>(shown.items).study_roles.assign(6, kAllRoles);
  EXPECT_FALSE(fixed.put(shown));
  Batch asked = batch_of(4, 2, 3);
  std::get<GridBatch>(asked.items).kinds = {{kAllRoles, 0}, {kAllRoles, 1}};
  EXPECT_FALSE(fixed.put(asked));
  EXPECT_TRUE(study_of(fixed).eq(1).all().item<bool>());
}

}  // namespace
}  // namespace recombine
