#include "models/layers/pointer.h"

#include <gtest/gtest.h>

namespace recombine {
namespace {

TEST(Pointer, StaysWhereItIsAtFirst) {
  const GridShape shape{4, 2};
  const torch::Tensor grid = torch::zeros({1, 4, 4}, torch::kUInt8);
  grid[0][1][3] = 9;
  const torch::Tensor soft_grid = given_soft_grids(grid, shape.patch);
  const torch::Tensor keys = torch::zeros({1, 4, 8});
  const torch::Tensor bias = torch::zeros({7});
  const Pointing all = pointing(torch::zeros({1, 16, pointer_numbers(8)}), soft_grid, {keys, keys},
                                {bias, bias}, shape);
  EXPECT_TRUE(torch::equal(copied_cells(all)[0], torch::arange(16)));
  const torch::Tensor next = pointed(all);
  EXPECT_TRUE(torch::allclose(next.view({16, 10}).sum(-1), torch::ones({16})));
  EXPECT_TRUE(torch::equal(next.view({16, 10}).argmax(-1), soft_grid.view({16, 10}).argmax(-1)));
}

TEST(Pointer, PointsAtARowAndAColumn) {
  // Every cell asks for row 2 and column 1 by the only number that their keys have.
  const GridShape shape{4, 2};
  const torch::Tensor grid = torch::zeros({1, 4, 4}, torch::kUInt8);
  grid[0][2][1] = 6;
  const torch::Tensor rows = torch::zeros({1, 4, 1});
  rows[0][2] = 30;
  const torch::Tensor columns = torch::zeros({1, 4, 1});
  columns[0][1] = 30;
  const torch::Tensor cells = torch::zeros({1, 16, pointer_numbers(1)});
  cells.narrow(-1, 0, 2).fill_(1);
  const torch::Tensor bias = torch::zeros({7});
  const Pointing all =
      pointing(cells, given_soft_grids(grid, shape.patch), {rows, columns}, {bias, bias}, shape);
  EXPECT_TRUE(torch::equal(copied_cells(all)[0], torch::full({16}, 2 * 4 + 1, torch::kInt64)));
  const torch::Tensor next = pointed(all);
  EXPECT_TRUE(torch::equal(next.view({16, 10}).argmax(-1), torch::full({16}, 6, torch::kInt64)));
}

}  // namespace
}  // namespace recombine
