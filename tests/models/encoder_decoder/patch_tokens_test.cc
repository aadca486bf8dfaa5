#include "models/encoder_decoder/patch_tokens.h"

#include <gtest/gtest.h>

#include "data/error.h"
#include "models/batch.h"
#include "models/encoder_decoder/conversion.h"
#include "models/encoder_decoder/token_loss.h"
#include "models/layers/patches.h"
#include "tests/models/fixtures.h"

namespace recombine {
namespace {

using torch::Tensor;

PatchTokens tokens_of(PatchVocabulary vocabulary, int side = 4) {
  return {tiny_config(), vocabulary, side};
}

Tensor patch(const std::vector<int>& cells) {
  return torch::tensor(cells).to(torch::kUInt8).view({1, 4});
}

std::int64_t id(const PatchTokens& tokens, const std::vector<int>& cells) {
  return tokens.from_patches(patch(cells)).item<std::int64_t>();
}

TEST(PatchTokens, AreThePublishedIds) {
  const PatchTokens full = tokens_of(PatchVocabulary::kFull);
  EXPECT_EQ(id(full, {1, 2, 3, 4}), 1239);
  EXPECT_EQ(id(full, {9, 9, 9, 9}), 10004);
  EXPECT_EQ(id(full, {0, 0, 0, 0}), 5);
  EXPECT_EQ(full.rows(), 10005);
  EXPECT_EQ(tokens_of(PatchVocabulary::kCompact).rows(), 141);
}

TEST(PatchTokens, ComeBackAsTheirPatches) {
  const Tensor occurring = compact_patches(torch::arange(kCompactVocabulary, torch::kInt64));
  for (const auto vocabulary :
       {PatchVocabulary::kFull, PatchVocabulary::kCompact, PatchVocabulary::kFactored}) {
    const PatchTokens tokens = tokens_of(vocabulary);
    EXPECT_TRUE(tokens.to_patches(tokens.from_patches(occurring)).equal(occurring));
  }
}

TEST(PatchTokens, HaveNoCompactTokenForAPatchOfTwoColours) {
  EXPECT_EQ(id(tokens_of(PatchVocabulary::kCompact), {1, 2, 0, 0}), kPadToken);
}

TEST(PatchTokens, OfASpecialKindLeaveTheirCellsOpen) {
  const PatchTokens full = tokens_of(PatchVocabulary::kFull);
  const Tensor patches = full.to_patches(torch::tensor({{2}, {1239}}, torch::kInt64));
  EXPECT_TRUE(patches[0].eq(kNoCell).all().item<bool>());
  EXPECT_TRUE(patches[1].equal(patch({1, 2, 3, 4})[0]));
}

TEST(PatchTokens, StandInThePublishedOrder) {
  const GridBatch batch = tiny_batch();
  const PatchTokens full = tokens_of(PatchVocabulary::kFull);
  const Tensor study = full.study(batch.study);
  ASSERT_EQ(study.sizes(), (std::vector<std::int64_t>{2, 2 * 10, 1}));
  EXPECT_EQ(study[1][4].item<int>(), kOutputToken);
  EXPECT_EQ(study[1][9].item<int>(), kPairEndToken);
  const Tensor second_input = full.from_patches(to_patches(batch.study[1][1][0], 2)[0]);
  EXPECT_TRUE(study[1].narrow(0, 10, 4).equal(second_input));
  EXPECT_EQ(full.queries(batch.query_inputs)[5][4].item<int>(), kOutputToken);
  EXPECT_EQ(full.answers(batch.query_outputs)[5][0].item<int>(), kStartToken);
  EXPECT_EQ(full.study(batch.study.narrow(1, 0, 0)).sizes(), (std::vector<std::int64_t>{2, 0, 1}));
}

TEST(PatchTokens, OfWholePatchesHaveSideTwo) {
  ModelConfig config = tiny_config();
  config.patch = 3;
  EXPECT_THROW(PatchTokens(config, PatchVocabulary::kFull, 6), InputError);
  EXPECT_NO_THROW(PatchTokens(config, PatchVocabulary::kFactored, 6));
  EXPECT_THROW(PatchTokens(config, PatchVocabulary::kFactored, 4), InputError);
}

TEST(AnswerTargets, WeighEmptyPatchesLessAndUnknownOnesNothing) {
  Tensor grid = torch::zeros({1, 4, 4}, torch::kUInt8);
  grid[0][0][0] = 3;  // the first patch
  grid[0][2][2] = 1;  // the last, with a second colour
  grid[0][2][3] = 2;
  const AnswerTargets full = answer_targets(tokens_of(PatchVocabulary::kFull), 2, 0.25, grid);
  EXPECT_TRUE(full.weights.equal(torch::tensor({1.0F, 0.25F, 0.25F, 1.0F, 1.0F})));
  EXPECT_EQ(full.tokens[4].item<int>(), kEndToken);
  const AnswerTargets compact = answer_targets(tokens_of(PatchVocabulary::kCompact), 2, 0.25, grid);
  EXPECT_TRUE(compact.weights.equal(torch::tensor({1.0F, 0.25F, 0.25F, 0.0F, 1.0F})));
  const AnswerTargets cells = answer_targets(tokens_of(PatchVocabulary::kFactored), 2, 0.25, grid);
  EXPECT_EQ(cells.weights.sizes(), (std::vector<std::int64_t>{4}));
}

TEST(TokenLoss, IsTheWeightedCrossEntropyWithItsGradients) {
  torch::manual_seed(1);
  const Tensor hidden = torch::randn({600, 8}).requires_grad_(true);  // some chunks
  const Tensor weight = torch::randn({50, 8}).requires_grad_(true);
  const Tensor bias = torch::randn({50}).requires_grad_(true);
  const Tensor targets = torch::randint(50, {600}, torch::kInt64);
  const Tensor weights = torch::rand({600});
  const auto gradients = [&](const Tensor& loss) {
    return torch::autograd::grad({loss * 3}, {hidden, weight, bias});
  };
  const Tensor each =
      at::cross_entropy_loss(at::linear(hidden, weight, bias), targets, {}, at::Reduction::None);
  const Tensor plain = (each * weights).sum() / weights.sum();
  const Tensor ours = token_loss(hidden, weight, bias, targets, weights);
  EXPECT_NEAR(ours.item<double>(), plain.item<double>(), 1e-5);
  const auto wanted = gradients(plain);
  const auto found = gradients(ours);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_TRUE(torch::allclose(found[i], wanted[i], 1e-4, 1e-6)) << i;
  const torch::NoGradGuard guard;
  EXPECT_NEAR(token_loss(hidden, weight, bias, targets, weights).item<double>(),
              plain.item<double>(), 1e-5);
}

TEST(CompactRows, AreTheFullTokensOfThePatchesThatOccur) {
  const Tensor rows = compact_rows();
  EXPECT_EQ(rows.numel(), 141);
  EXPECT_EQ(rows[5].item<int>(), 5);
  EXPECT_EQ(rows[6].item<int>(), 1005);  // colour 1 in the first cell
  EXPECT_EQ(std::get<0>(at::_unique(rows)).numel(), 141);
}

}  // namespace
}  // namespace recombine
