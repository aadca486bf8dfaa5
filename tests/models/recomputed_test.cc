#include "models/recomputed.h"

#include <gtest/gtest.h>

#include "models/precision.h"
#include "tests/models/fixtures.h"

namespace recombine {
namespace {

using torch::Tensor;

int calls = 0;

Tensor hidden_layer(const std::vector<Tensor>& of) {
  ++calls;
  return at::mm(at::gelu(at::mm(of[0], of[1])), of[2]);
}

std::vector<Tensor> inputs() {
  torch::manual_seed(1);
  return {torch::randn({5, 3}), torch::randn({3, 7}).requires_grad_(true),
          torch::randn({7, 2}).requires_grad_(true)};
}

TEST(Recomputed, HasTheGradientsOfTheFunction) {
  const std::vector<Tensor> of = inputs();
  const std::vector<Tensor> learning{of[1], of[2]};
  const Tensor plain = hidden_layer(of);
  const auto wanted = torch::autograd::grad({plain.pow(2).sum()}, learning);
  calls = 0;
  const Tensor again = recomputed(hidden_layer, of);
  EXPECT_TRUE(torch::equal(again, plain));
  const auto found = torch::autograd::grad({again.pow(2).sum()}, learning);
  EXPECT_EQ(calls, 2);
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_TRUE(torch::equal(found[i], wanted[i])) << i;
}

TEST(Recomputed, ComputesAgainInMixedPrecision) {
  const std::vector<Tensor> of = inputs();
  const auto gradients = [&](const auto& function) {
    Tensor mixed;
    {
      const PrecisionScope scope(Precision::kBf16, torch::kCPU);
      mixed = function();
    }
    EXPECT_EQ(mixed.scalar_type(), torch::kBFloat16);
    return torch::autograd::grad({mixed.pow(2).sum()}, {of[1], of[2]});
  };
  const auto wanted = gradients([&] { return hidden_layer(of); });
  const auto found = gradients([&] { return recomputed(hidden_layer, of); });
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_TRUE(torch::equal(found[i], wanted[i])) << i;
}

TEST(Recomputed, RunsOnceWhereNothingLearns) {
  const torch::NoGradGuard guard;
  calls = 0;
  EXPECT_TRUE(torch::equal(recomputed(hidden_layer, inputs()), hidden_layer(inputs())));
  EXPECT_EQ(calls, 2);
}

TEST(Recomputed, EncoderBlocksLearnTheSameWithLessMemory) {
  for (const char* name : {"reference", "shared"}) {
    ModelConfig config = tiny_config();
    config.name = name;
    const auto plain = make_grid_model(config, kTinyShape, 1);
    config.recompute = true;
    const auto again = make_grid_model(config, kTinyShape, 1);
    plain->loss(tiny_batch()).backward();
    again->loss(tiny_batch()).backward();
    for (std::size_t i = 0; i < plain->weights().size(); ++i) {
      EXPECT_TRUE(torch::allclose(again->weights()[i].tensor.grad(),
                                  plain->weights()[i].tensor.grad(), 1e-5, 1e-8))
          << name << " " << plain->weights()[i].name;
    }
  }
}

}  // namespace
}  // namespace recombine
