#include "models/layers/patch_loss.h"

#include <cmath>

#include <gtest/gtest.h>

#include "models/layers/patches.h"

namespace recombine {
namespace {

// Two patches of one cell: background, and colour 3 for which the model has 1 where all else is 0.
const std::vector<int> kCells = {0, 3};

TEST(PatchLoss, IsTheWeightedMeanOfTheNegativeLogLikelihood) {
  const torch::Tensor logits = torch::zeros({2, 10});
  logits[1][3] = 1;
  const torch::Tensor targets = torch::tensor(kCells).to(torch::kUInt8).view({2, 1});
  const double background = std::log(10.0);
  const double coloured = std::log(9 + std::exp(1.0)) - 1;
  const auto loss = patch_loss({false, 0.2}, logits, targets).item<double>();
  EXPECT_NEAR(loss, (0.2 * background + coloured) / 1.2, 1e-6);
}

TEST(PatchLoss, AddsUpTheCellsOfAPatch) {
  const torch::Tensor targets = torch::full({1, 4}, 2, torch::kUInt8);
  const auto loss = patch_loss({false, 1}, torch::zeros({1, 40}), targets).item<double>();
  EXPECT_NEAR(loss, 4 * std::log(10.0), 1e-5);
}

TEST(PatchLoss, LeavesOutWhatTheCompactVocabularyLacks) {
  const torch::Tensor logits = torch::randn({2, kCompactVocabulary});
  const torch::Tensor one = torch::tensor({5, 5, 0, 0}).to(torch::kUInt8).view({1, 4});
  const torch::Tensor mixed = torch::tensor({5, 6, 0, 0}).to(torch::kUInt8).view({1, 4});
  const PatchHead head{true, 0.2};
  const auto both = patch_loss(head, logits, torch::cat({one, mixed})).item<double>();
  EXPECT_NEAR(both, patch_loss(head, logits.narrow(0, 0, 1), one).item<double>(), 1e-6);
}

TEST(PatchLoss, IsANumberWhereNoPatchCounts) {
  const torch::Tensor empty = torch::zeros({2, 4}, torch::kUInt8);
  EXPECT_EQ(patch_loss({false, 0}, torch::randn({2, 40}), empty).item<double>(), 0);
}

TEST(BestPatches, AreThoseWithTheLargestLogits) {
  const torch::Tensor logits = torch::zeros({1, 20});
  logits[0][4] = 5;
  logits[0][10 + 7] = 5;
  const auto [patches, log_probability] = best_patches({false, 1}, logits, 2);
  EXPECT_EQ(patches[0][0].item<int>(), 4);
  EXPECT_EQ(patches[0][1].item<int>(), 7);
  EXPECT_NEAR(log_probability.item<double>(), 2 * (5 - std::log(9 + std::exp(5.0))), 1e-5);
}

TEST(BestPatches, OfTheCompactVocabularyAreDecoded) {
  const torch::Tensor patch = torch::tensor({0, 8, 8, 0}).to(torch::kUInt8).view({1, 4});
  const torch::Tensor logits = torch::zeros({1, kCompactVocabulary});
  logits[0][compact_ids(patch).item<std::int64_t>()] = 1;
  EXPECT_TRUE(torch::equal(best_patches({true, 1}, logits, 4).first, patch));
}

}  // namespace
}  // namespace recombine
