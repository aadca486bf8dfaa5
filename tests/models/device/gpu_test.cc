// What runs on a GPU alone. Where there is none, nothing of it can be said.

#include <gtest/gtest.h>

#include "models/device/device.h"
#include "models/encoder_decoder/context_attention.h"
#include "models/fused/attention.h"
#include "models/layers/gpu_attention.h"
#include "models/optimisers/optimiser.h"
#include "tests/models/executor/executor_fixtures.h"

namespace recombine {
namespace {

using torch::Tensor;

class Gpu : public testing::Test {
 protected:
  void SetUp() override {
    device_ = select_device("auto");
    if (device_.is_cpu()) GTEST_SKIP() << "no GPU works here";
    torch::manual_seed(1);
  }

  Tensor random(const std::vector<std::int64_t>& shape, torch::ScalarType type) const {
    return torch::randn(shape, torch::TensorOptions(device_)).to(type).requires_grad_(true);
  }

  torch::Device device_ = torch::kCPU;
};

/// The largest difference, against the size of what is wanted.
double apart(const Tensor& ours, const Tensor& wanted) {
  const Tensor difference = ours.to(torch::kFloat) - wanted.to(torch::kFloat);
  return (difference.abs().max() / wanted.to(torch::kFloat).abs().max()).item<double>();
}

TEST_F(Gpu, AttendsToAContextWithoutCopyingIt) {
  for (const torch::ScalarType type : {torch::kFloat, torch::kBFloat16}) {
    for (const std::int64_t width : {32, 64}) {
      const auto leaf = [&](std::int64_t rows, std::int64_t tokens) {
        return random({rows, tokens, width}, type);
      };
      const Tensor query = leaf(6, 13);
      const ContextKeys keys{leaf(2, 70), leaf(2, 70), leaf(6, 13), leaf(6, 13)};
      ASSERT_TRUE(fits_gpu({query, keys.study_key, keys.study_value, 2}));
      const std::vector<Tensor> learning{query, keys.study_key, keys.study_value, keys.own_key,
                                         keys.own_value};
      const Tensor ours = attend_in_context(query, keys, 2);
      const Tensor wanted = attend_in_copied_context(query, keys, 2);
      const double allowed = type == torch::kFloat ? 1e-5 : 2e-2;
      EXPECT_EQ(ours.scalar_type(), type);
      EXPECT_LT(apart(ours, wanted), allowed);
      const Tensor back = torch::randn_like(wanted);
      const auto found = torch::autograd::grad({ours}, learning, {back});
      const auto expected = torch::autograd::grad({wanted}, learning, {back});
      for (std::size_t i = 0; i < found.size(); ++i)
        EXPECT_LT(apart(found[i], expected[i]), allowed) << i << " " << type;
    }
  }
}

TEST_F(Gpu, ARecordedStepSeesWhatWasWrittenBeforeItAndIsSeenAfterwards) {
  const auto runner = make_step_runner(device_);
  const auto options = torch::TensorOptions(device_);
  const Tensor input = torch::zeros({2048, 2048}, options);
  Tensor sum = torch::zeros({}, options);
  double wanted = 0;
  for (int step = 1; step <= 20; ++step) {
    input.fill_(step);
    runner->run([&] { sum.add_(at::mm(input, input).mean()); });
    sum.mul_(0.5);
    wanted = (wanted + 2048.0 * step * step) / 2;
  }
  EXPECT_NEAR(sum.item<double>() / wanted, 1, 1e-5);
}

TEST_F(Gpu, RecordedTrainingIsThatOfTheCpu) {
  const auto train = [](torch::Device device) {
    const auto model = make_grid_model(executor_config(), kShape, 1);
    model->to(device);
    GridBatch batch = with_copies();
    for (Tensor* tensor : {&batch.study, &batch.query_inputs, &batch.query_outputs})
      *tensor = tensor->to(device);
    for (Tensor& weight : model->parameters()) weight.mutable_grad() = torch::zeros_like(weight);
    const auto optimiser =
        make_optimiser(model->weights(), {.name = "muon", .lr = 1e-3, .muon_lr = 2e-3});
    const auto runner = make_step_runner(device);
    const Tensor scale = torch::zeros({}, torch::TensorOptions(device));
    for (int step = 0; step < 8; ++step) {
      scale.fill_(1 - step / 8.0);
      runner->run([&] {
        for (Tensor& weight : model->parameters()) weight.mutable_grad().zero_();
        model->loss(batch).backward();
        optimiser->step(scale);
      });
    }
    return model->loss(batch).item<double>();
  };
  EXPECT_NEAR(train(device_), train(torch::kCPU), 1e-3);
}

}  // namespace
}  // namespace recombine
