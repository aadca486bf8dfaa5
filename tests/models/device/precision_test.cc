#include "models/device/precision.h"

#include <gtest/gtest.h>

#include "data/error.h"
#include "models/names.h"
#include "tests/models/fixtures.h"

namespace recombine {
namespace {

struct Pass {
  double loss = 0;
  torch::Tensor gradient;  ///< of all weights, flat
};

Pass pass_of(const ModelConfig& config, Precision precision) {
  const auto model = make_grid_model(config, kTinyShape, 1);
  GridBatch batch = tiny_batch();
  batch.study_roles.assign(2, kAllRoles);
  torch::Tensor loss;
  {
    const PrecisionScope scope(precision, torch::kCPU);
    loss = model->loss(batch);
  }
  loss.backward();
  std::vector<torch::Tensor> gradients;
  for (const Weight& weight : model->weights()) {
    EXPECT_EQ(weight.tensor.scalar_type(), torch::kFloat) << weight.name;
    EXPECT_EQ(weight.tensor.grad().scalar_type(), torch::kFloat) << weight.name;
    gradients.push_back(weight.tensor.grad().flatten());
  }
  return {loss.item<double>(), torch::cat(gradients)};
}

class EveryGridModel : public testing::TestWithParam<std::string> {};

TEST_P(EveryGridModel, LearnsAboutTheSameInBfloat16) {
  ModelConfig config = tiny_config();
  config.name = GetParam();
  const Pass full = pass_of(config, Precision::kFloat32);
  const Pass mixed = pass_of(config, Precision::kBf16);
  EXPECT_NE(full.loss, mixed.loss) << "the products are rounded";
  EXPECT_NEAR(mixed.loss, full.loss, 0.02 * full.loss);
  const auto cosine = torch::cosine_similarity(full.gradient, mixed.gradient, 0).item<double>();
  EXPECT_GT(cosine, 0.99);
  EXPECT_EQ(pass_of(config, Precision::kFloat32).loss, full.loss) << "the scope has ended";
}

/// Of the registry: a new model is tested without a line here.
std::vector<std::string> grid_models() {
  std::vector<std::string> names;
  for (const ModelName& model : kModelNames) {
    if (model.family == "grids") names.emplace_back(model.name);
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(Precision, EveryGridModel, testing::ValuesIn(grid_models()));

TEST(Precision, HasThreeNames) {
  EXPECT_EQ(parse_precision("tf32", torch::kCUDA), Precision::kTf32);
  EXPECT_EQ(parse_precision("bf16", torch::kCUDA), Precision::kBf16);
  EXPECT_EQ(parse_precision("float32", torch::kCPU), Precision::kFloat32);
  EXPECT_THROW(parse_precision("fp16", torch::kCUDA), InputError);
  EXPECT_THROW(parse_precision("bf16", torch::kCPU), InputError);
}

}  // namespace
}  // namespace recombine
