#include "meta/batches/batch_rules.h"

#include <array>
#include <set>

#include <gtest/gtest.h>

#include "meta/validation/grid_answers.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

const EpisodeTensors& episodes() {
  static const EpisodeTensors kEpisodes = pack_episodes(small_episodes(4));
  return kEpisodes;
}

torch::Tensor inputs(const torch::Tensor& pairs) { return pairs.select(-3, 0); }
torch::Tensor outputs(const torch::Tensor& pairs) { return pairs.select(-3, 1); }

TEST(MakeBatch, AsksTheKindsOfQueriesInTheirOrder) {
  BatchRules rules;
  rules.aux = true;
  rules.copy = true;
  const GridBatch batch = make_batch(episodes(), {2, 0}, 10, rules);
  EXPECT_EQ(queries_asked(rules, episodes().shape), 3 + 6 + 6);
  ASSERT_EQ(batch.query_inputs.sizes(), (std::vector<std::int64_t>{2, 15, 6, 6}));
  EXPECT_TRUE(batch.study[0].equal(episodes().study[2]));
  EXPECT_TRUE(batch.query_inputs[0].narrow(0, 0, 3).equal(inputs(episodes().queries[2])));
  EXPECT_TRUE(
      batch.query_outputs[1].narrow(0, 3, 6).equal(outputs(episodes().spare[0].select(1, 0))));
  EXPECT_TRUE(batch.query_outputs[1].narrow(0, 9, 6).equal(outputs(episodes().study[0])));
}

TEST(MakeBatch, IsTheSameInOnePieceAndInTwo) {
  BatchRules rules;
  rules.aux = true;
  rules.colour_permutation = true;
  rules.noise = 0.05;
  rules.seed = 3;
  const GridBatch whole = make_batch(episodes(), {0, 1, 2, 3}, 40, rules);
  const GridBatch half = make_batch(episodes(), {2, 3}, 42, rules);
  EXPECT_TRUE(whole.study.narrow(0, 2, 2).equal(half.study));
  EXPECT_TRUE(whole.query_inputs.narrow(0, 2, 2).equal(half.query_inputs));
  EXPECT_TRUE(whole.query_outputs.narrow(0, 2, 2).equal(half.query_outputs));
}

TEST(MakeBatch, RecoloursAWholeEpisodeByOnePermutation) {
  BatchRules rules;
  rules.colour_permutation = true;
  const GridBatch batch = make_batch(episodes(), {1}, 5, rules);
  std::array<int, kColours> image{};
  image.fill(-1);
  const auto check = [&](const torch::Tensor& before, const torch::Tensor& after) {
    const auto from = before.contiguous().view(-1);
    const auto to = after.contiguous().view(-1);
    for (std::int64_t i = 0; i < from.numel(); ++i) {
      int& colour = image[from[i].item<std::uint8_t>()];
      const int now = to[i].item<std::uint8_t>();
      EXPECT_TRUE(colour == -1 || colour == now);
      colour = now;
    }
  };
  check(episodes().study[1], batch.study[0]);
  check(inputs(episodes().queries[1]), batch.query_inputs[0]);
  check(outputs(episodes().queries[1]), batch.query_outputs[0]);
  EXPECT_EQ(image[0], 0);
  std::set<int> colours;
  for (int colour = 1; colour < kColours; ++colour) {
    if (image[colour] < 0) continue;
    EXPECT_NE(image[colour], 0);
    EXPECT_TRUE(colours.insert(image[colour]).second) << "two colours became one";
  }
  EXPECT_FALSE(batch.study[0].equal(episodes().study[1]));
  EXPECT_FALSE(make_batch(episodes(), {1}, 6, rules).study.equal(batch.study));
}

TEST(MakeBatch, NoisesTheTargetsOfPlainQueriesAlone) {
  BatchRules rules;
  rules.copy = true;
  rules.noise = 1;
  const GridBatch batch = make_batch(episodes(), {0, 1, 2, 3}, 0, rules);
  const auto clean = outputs(episodes().queries);
  const auto noisy = batch.query_outputs.narrow(1, 0, 3);
  const auto changed = noisy.ne(clean).to(torch::kDouble).mean().item<double>();
  EXPECT_NEAR(changed, 0.9, 0.06);  // a tenth of the draws gives the old colour
  EXPECT_TRUE(batch.query_outputs.narrow(1, 3, 6).equal(outputs(episodes().study)));
  EXPECT_TRUE(batch.query_inputs.narrow(1, 0, 3).equal(inputs(episodes().queries)));
  EXPECT_TRUE(outputs(episodes().queries).equal(clean)) << "the episodes themselves must stay";
}

}  // namespace
}  // namespace recombine
