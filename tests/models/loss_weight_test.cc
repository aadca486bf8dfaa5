#include <gtest/gtest.h>

#include "models/entry.h"
#include "models/names.h"
#include "tests/models/fixtures.h"

namespace recombine {
namespace {

/// Episode `i` of the batch alone.
GridBatch episode_of(const GridBatch& batch, std::int64_t i) {
  GridBatch one = batch;
  for (torch::Tensor* grids : {&one.study, &one.query_inputs, &one.query_outputs})
    *grids = grids->narrow(0, i, 1);
  return one;
}

/// Every model for grids of the registry, in each vocabulary that it has.
std::vector<ModelConfig> grid_models() {
  std::vector<ModelConfig> configs;
  for (const ModelName& name : kModelNames) {
    if (name.family != "grids") continue;
    ModelConfig config = tiny_config();
    config.name = name.name;
    configs.push_back(config);
    if (config.name == "executor") continue;
    config.vocabulary = "compact";
    configs.push_back(config);
  }
  return configs;
}

class EveryGridLoss : public testing::TestWithParam<ModelConfig> {};

TEST_P(EveryGridLoss, IsThatOfItsEpisodesAsTheirTargetsWeigh) {
  const ModelConfig& config = GetParam();
  const auto model = make_grid_model(config, kTinyShape, 1);
  GridBatch batch = tiny_batch();
  batch.study_roles.assign(2, kAllRoles);
  // The second episode has more filled patches, one of them noise that compact has no token for.
  batch.query_outputs = batch.query_outputs.clone();
  batch.query_outputs[1].fill_(3);
  batch.query_outputs[1][0][0][0].fill_(7);
  const LossWeight weigh = find_model(config.name).loss_weight(config, kTinyShape.side);
  const torch::NoGradGuard guard;
  const auto all = weigh(batch.query_outputs).item<double>();
  double sum = 0;
  for (std::int64_t i = 0; i < 2; ++i) {
    const GridBatch one = episode_of(batch, i);
    const double part = weigh(one.query_outputs).item<double>() / all;
    EXPECT_GT(std::abs(part - 0.5), 0.05) << "weighing episodes alike would do as well";
    sum += part * model->loss(one).item<double>();
  }
  const auto loss = model->loss(batch).item<double>();
  EXPECT_NEAR(sum, loss, 1e-5 * loss);
}

INSTANTIATE_TEST_SUITE_P(
    Models, EveryGridLoss, testing::ValuesIn(grid_models()), [](const auto& one) {
      return one.param.name + (one.param.vocabulary == "compact" ? "Compact" : "");
    });

TEST(LossWeight, IsNoneWhereSectionsAreLearnedToo) {
  ModelConfig config = tiny_config();
  config.name = "executor";
  config.sections = "hidden";
  EXPECT_FALSE(find_model(config.name).loss_weight(config, kTinyShape.side));
}

}  // namespace
}  // namespace recombine
