#include "models/layers/checkpointing.h"

#include <string_view>

#include <ATen/record_function.h>
#include <gtest/gtest.h>

#include "models/device/precision.h"
#include "tests/models/fixtures.h"

namespace recombine {
namespace {

using torch::Tensor;

int& calls() {
  static int count = 0;
  return count;
}

Tensor hidden_layer(const std::vector<Tensor>& of) {
  ++calls();
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
  calls() = 0;
  const Tensor again = recomputed(hidden_layer, of);
  EXPECT_TRUE(torch::equal(again, plain));
  const auto found = torch::autograd::grad({again.pow(2).sum()}, learning);
  EXPECT_EQ(calls(), 2);
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
  calls() = 0;
  EXPECT_TRUE(torch::equal(recomputed(hidden_layer, inputs()), hidden_layer(inputs())));
  EXPECT_EQ(calls(), 2);
}

int& gelus() {
  static int count = 0;
  return count;
}

/// How often GELU is computed while the model learns from a batch.
int gelus_of(GridModel& model) {
  gelus() = 0;
  const auto watch = at::addThreadLocalCallback(at::RecordFunctionCallback(
      [](const at::RecordFunction& function) -> std::unique_ptr<at::ObserverContext> {
        if (std::string_view(function.name()) == "aten::gelu") ++gelus();
        return nullptr;
      }));
  model.loss(tiny_batch()).backward();
  at::removeCallback(watch);
  return gelus();
}

TEST(Recomputed, EncoderBlocksAreMadeAgainAndLearnTheSame) {
  // `shared` runs its one encoder block on the study set and on the queries.
  for (const auto& [name, more] : {std::pair{"reference", 1}, {"shared", 2}}) {
    ModelConfig config = tiny_config();
    config.name = name;
    const auto plain = make_grid_model(config, kTinyShape, 1);
    config.recompute = true;
    const auto again = make_grid_model(config, kTinyShape, 1);
    EXPECT_EQ(gelus_of(*again), gelus_of(*plain) + more) << name;
    for (std::size_t i = 0; i < plain->weights().size(); ++i) {
      EXPECT_TRUE(torch::allclose(again->weights()[i].tensor.grad(),
                                  plain->weights()[i].tensor.grad(), 1e-5, 1e-8))
          << name << " " << plain->weights()[i].name;
    }
  }
}

}  // namespace
}  // namespace recombine
