#include "models/executor/evidence_attention.h"

#include <gtest/gtest.h>

#include "data/error.h"
#include "models/executor/refine.h"
#include "tests/models/executor/executor_fixtures.h"

namespace recombine {
namespace {

constexpr std::int64_t kWidth = 8;

CrossAttention attention() {
  torch::manual_seed(1);
  const auto weight = [](std::int64_t rows) { return torch::randn({rows, kWidth}); };
  const WeightTable weights = {{"a.look_norm.weight", torch::ones({kWidth})},
                               {"a.look_norm.bias", torch::zeros({kWidth})},
                               {"a.look.weight", weight(kWidth)},
                               {"a.look.bias", torch::randn({kWidth})},
                               {"a.memory.weight", weight(2 * kWidth)},
                               {"a.memory.bias", torch::randn({2 * kWidth})},
                               {"a.seen.weight", weight(kWidth)},
                               {"a.seen.bias", torch::randn({kWidth})}};
  return {weights, "a"};
}

torch::Tensor look(const torch::Tensor& states, const InferredRule& rule, std::int64_t heads) {
  static const CrossAttention kLook = attention();
  return look_at_evidence(kLook, states, rule, heads);
}

TEST(EvidenceAttention, DoesNotSeeWhatItsItemMayNot) {
  const torch::Tensor states = torch::randn({2, 3, 4, kWidth});  // items, episodes, patches
  const torch::Tensor pairs = torch::randn({3, 5, 4, kWidth});   // episodes, evidence, patches
  const torch::Tensor unseen = torch::zeros({2, 5}, torch::kBool);
  unseen[1][2] = true;
  const auto all = InferredRule{{}, pairs.flatten(1, 2), {}};
  const auto some = InferredRule{{}, pairs.flatten(1, 2), unseen};
  const torch::Tensor rest =
      torch::cat({pairs.narrow(1, 0, 2), pairs.narrow(1, 3, 2)}, 1).flatten(1, 2);
  const torch::Tensor seen = look(states, some, 2);
  EXPECT_TRUE(torch::allclose(seen[0], look(states, all, 2)[0], 1e-5, 1e-5));
  EXPECT_TRUE(torch::allclose(seen[1], look(states, {{}, rest, {}}, 2)[1], 1e-5, 1e-5));
  EXPECT_FALSE(torch::allclose(seen[1], look(states, all, 2)[1], 1e-2, 1e-2));
}

TEST(EvidenceAttention, IsTheSameForPairsInAnyOrder) {
  const torch::Tensor states = torch::randn({2, 1, 4, kWidth});
  const torch::Tensor pairs = torch::randn({1, 3, 4, kWidth});
  const torch::Tensor turned = pairs.index_select(1, torch::tensor({2, 0, 1}));
  EXPECT_TRUE(torch::allclose(look(states, {{}, pairs.flatten(1, 2), {}}, 2),
                              look(states, {{}, turned.flatten(1, 2), {}}, 2), 1e-4, 1e-5));
}

TEST(EvidenceAttention, AnExecutorLeavesAnAskedPairOut) {
  ModelConfig config = executor_config();
  config.conditioning = "attention";
  const auto model = make_grid_model(config, kShape, 1);
  const GridBatch batch = with_copies();
  GridBatch other = batch;
  other.study = batch.study.clone();
  other.study[0][3][1] = 0;  // the pair of the shape and colour rules
  const torch::Tensor change =
      (model->predict(batch).log_probability - model->predict(other).log_probability).abs()[0];
  EXPECT_LT(change[3 + 3].item<double>(), 1e-4);
  EXPECT_GT(change[3 + 1].item<double>(), 1e-3) << "the primitive pair of the colour rule";
  EXPECT_GT(change[0].item<double>(), 1e-3);
}

TEST(EvidenceAttention, HasNoVectorsToRefine) {
  ModelConfig config = executor_config();
  config.conditioning = "attention";
  const auto model = make_grid_model(config, kShape, 1);
  const auto& executor = dynamic_cast<const ExecutorModel&>(*model);
  EXPECT_THROW(refined_answers(executor, one_episode(), {}), InputError);
}

}  // namespace
}  // namespace recombine
