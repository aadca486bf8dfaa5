#include "models/layers/patches.h"

#include <gtest/gtest.h>

#include "data/grid.h"

namespace recombine {
namespace {

torch::Tensor bytes(const std::vector<int>& values, at::IntArrayRef shape) {
  return torch::tensor(values).to(torch::kUInt8).view(shape);
}

TEST(Patches, AreReadRowByRow) {
  const torch::Tensor grid = torch::arange(16, torch::kUInt8).view({1, 4, 4});
  const torch::Tensor patches =
      bytes({0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15}, {1, 4, 4});
  EXPECT_TRUE(torch::equal(to_patches(grid, 2), patches));
}

TEST(Patches, GoBackToTheGrids) {
  for (const int patch : {1, 2, 3, 6}) {
    const torch::Tensor grids = torch::arange(2 * 36, torch::kUInt8).view({2, 6, 6});
    EXPECT_TRUE(torch::equal(from_patches(to_patches(grids, patch), 6, patch), grids)) << patch;
  }
}

TEST(Patches, HaveAOneAtEachCellsColour) {
  const torch::Tensor hot = one_hot_cells(bytes({0, 9}, {1, 2}));
  EXPECT_EQ(hot.sizes(), (std::vector<std::int64_t>{1, 20}));
  EXPECT_EQ(hot.sum().item<float>(), 2);
  EXPECT_EQ(hot[0][0].item<float>(), 1);
  EXPECT_EQ(hot[0][19].item<float>(), 1);
}

TEST(CompactVocabulary, NumbersMasksWithinColours) {
  const torch::Tensor patches =
      bytes({0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 9}, {5, 4});
  EXPECT_TRUE(
      torch::equal(compact_ids(patches), torch::tensor({0L, 1L, 15L, 16L, 1 + 8 * 15 + 7L})));
}

TEST(CompactVocabulary, HasEveryPatchOfOneColourOnce) {
  const torch::Tensor ids = torch::arange(kCompactVocabulary);
  EXPECT_TRUE(torch::equal(compact_ids(compact_patches(ids)), ids));
}

TEST(CompactVocabulary, HasNoPatchOfTwoColours) {
  EXPECT_EQ(compact_ids(bytes({1, 2, 0, 0}, {1, 4})).item<std::int64_t>(), -1);
}

}  // namespace
}  // namespace recombine
