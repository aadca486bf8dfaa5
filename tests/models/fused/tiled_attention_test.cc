#include <limits>

#include <gtest/gtest.h>

#include "models/fused/attention.h"

namespace recombine {
namespace {

using torch::Tensor;

struct Sizes {
  std::int64_t rows, queries, keys, heads, width;  ///< width of a head
};

Attention random_attention(const Sizes& sizes) {
  const std::int64_t d = sizes.heads * sizes.width;
  return {.query = torch::randn({sizes.rows, sizes.queries, d}).requires_grad_(true),
          .key = torch::randn({sizes.rows, sizes.keys, d}).requires_grad_(true),
          .value = torch::randn({sizes.rows, sizes.keys, d}).requires_grad_(true),
          .heads = sizes.heads};
}

void expect_close(const Tensor& ours, const Tensor& wanted, const char* what, double to = 1e-5) {
  EXPECT_TRUE(torch::allclose(ours, wanted, 10 * to, to))
      << what << ": " << (ours - wanted).abs().max();
}

/// Values, and gradients of all that learns, for one random gradient of the values.
void expect_same(const Attention& of, double to = 1e-5) {
  ASSERT_TRUE(fits_tiles(of));
  const Tensor ours = attend_in_tiles(of);
  const Tensor wanted = attend_plain(of);
  expect_close(ours, wanted, "mixed", to);
  const Tensor back = torch::randn_like(wanted);
  std::vector<Tensor> learning{of.query, of.key, of.value};
  if (of.bias.defined() && of.bias.requires_grad()) learning.push_back(of.bias);
  const auto made = torch::autograd::grad({ours}, learning, {back});
  const auto right = torch::autograd::grad({wanted}, learning, {back});
  for (std::size_t i = 0; i < learning.size(); ++i) expect_close(made[i], right[i], "gradient", to);
}

TEST(AttendInTiles, IsSoftmaxAttentionAtAllSizes) {
  torch::manual_seed(1);
  for (const Sizes& sizes :
       {Sizes{2, 1, 1, 1, 16}, Sizes{1, 4, 8, 2, 16}, Sizes{3, 9, 9, 4, 16}, Sizes{2, 6, 17, 2, 32},
        Sizes{1, 3, 40, 1, 48}, Sizes{1, 70, 133, 2, 16}}) {
    expect_same(random_attention(sizes));
  }
}

TEST(AttendInTiles, BiasesOfHeadsLearn) {
  torch::manual_seed(2);
  Attention of = random_attention({3, 5, 11, 2, 16});
  of.bias = torch::randn({2, 5, 11}).requires_grad_(true);
  expect_same(of);
}

TEST(AttendInTiles, OneBiasServesAllHeadsAndMayForbid) {
  torch::manual_seed(3);
  Attention of = random_attention({2, 6, 10, 2, 16});
  of.bias =
      torch::zeros({1, 6, 10})
          .masked_fill(torch::rand({1, 6, 10}) < 0.3, -std::numeric_limits<float>::infinity());
  of.bias.select(2, 0).zero_();  // every query sees a key
  expect_same(of);
  of.bias = torch::randn({1, 6, 10}).requires_grad_(true);
  expect_same(of);
}

TEST(AttendInTiles, ATokenNeedNotSeeLaterOnes) {
  torch::manual_seed(4);
  Attention of = random_attention({2, 13, 13, 2, 16});
  of.causal = true;
  expect_same(of);
}

TEST(AttendInTiles, ReadsTokensWhereTheyLie) {
  torch::manual_seed(5);
  const Tensor all = torch::randn({2, 7, 96}).requires_grad_(true);
  const auto parts = all.chunk(3, -1);
  const Attention apart{parts[0], parts[1], parts[2], 2};
  const Tensor turned = torch::randn({2, 32, 7}).transpose(1, 2);
  expect_same(apart);
  expect_close(attend_in_tiles({turned, turned, turned, 2}),
               attend_plain({turned, turned, turned, 2}), "turned");
}

TEST(AttendInTiles, LargeScoresStayFinite) {
  torch::manual_seed(6);
  Attention of = random_attention({1, 5, 9, 1, 16});
  of.query = (of.query.detach() * 100).requires_grad_(true);
  expect_same(of, 1e-3);  // scores of hundreds are known to 1e-5 only
}

TEST(AttendInTiles, PartsOfTheKeysMakeUpTheWhole) {
  torch::manual_seed(7);
  const torch::NoGradGuard guard;
  const Attention of = random_attention({2, 5, 12, 2, 16});
  const Attended whole = attended(of);
  const Tensor back = torch::randn_like(whole.mixed);
  const auto all = attention_gradients(of, whole, back);
  Attention part = of;
  part.key = of.key.narrow(1, 3, 6);
  part.value = of.value.narrow(1, 3, 6);
  const auto some = attention_gradients(part, whole, back);
  expect_close(some.key, all.key.narrow(1, 3, 6), "key");
  expect_close(some.value, all.value.narrow(1, 3, 6), "value");
}

TEST(AttendInTiles, TakesWholeStepsOfFloatsAlone) {
  const auto x = torch::randn({1, 2, 32});
  EXPECT_TRUE(fits_tiles({x, x, x, 2}));
  EXPECT_FALSE(fits_tiles({x, x, x, 4}));  // heads of eight
  const auto half = x.to(torch::kBFloat16);
  EXPECT_FALSE(fits_tiles({half, half, half, 2}));
}

}  // namespace
}  // namespace recombine
