#include <limits>

#include <gtest/gtest.h>

#include "models/fused/functions.h"

namespace recombine {
namespace {

using Tensors = std::vector<torch::Tensor>;
using Function = std::function<torch::Tensor(const Tensors&)>;

/// The value and the gradients of the inputs, for one random gradient of the value.
Tensors value_and_gradients(const Function& function, const Tensors& inputs) {
  Tensors own;
  for (const torch::Tensor& input : inputs) own.push_back(input.clone().requires_grad_(true));
  const torch::Tensor value = function(own);
  torch::manual_seed(2);
  value.backward(torch::randn_like(value));
  Tensors all{value.detach()};
  for (const torch::Tensor& input : own) all.push_back(input.grad());
  return all;
}

void expect_same(const Function& fast, const Function& plain, const Tensors& inputs) {
  const Tensors ours = value_and_gradients(fast, inputs);
  const Tensors wanted = value_and_gradients(plain, inputs);
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_TRUE(torch::allclose(ours[i], wanted[i], 1e-4, 1e-5))
        << i << ": " << (ours[i] - wanted[i]).abs().max();
  }
}

TEST(ModulatedNorm, IsTheChainOfOperations) {
  torch::manual_seed(1);
  expect_same([](const Tensors& in) { return modulated_norm(in[0], in[1], in[2]); },
              [](const Tensors& in) { return modulated_norm_plain(in[0], in[1], in[2]); },
              {3 * torch::randn({5, 7, 48}) + 1, torch::randn({5, 48}), torch::randn({5, 48})});
}

TEST(ScaledGelu, IsTheChainOfOperations) {
  torch::manual_seed(1);
  expect_same([](const Tensors& in) { return scaled_gelu(in[0], in[1]); },
              [](const Tensors& in) { return scaled_gelu_plain(in[0], in[1]); },
              {4 * torch::randn({5, 7, 32}), torch::randn({5, 32})});
  for (const torch::Tensor& x :
       {40 * torch::randn({2, 3, 16}), torch::randn({5, 8}), torch::randn({2, 3, 4, 8})}) {
    expect_same([](const Tensors& in) { return scaled_gelu(in[0], {}); },
                [](const Tensors& in) { return scaled_gelu_plain(in[0], {}); }, {x});
  }
}

TEST(Pointed, IsNoNumberWhereALogitIsNone) {
  torch::manual_seed(1);
  const Pointing whole{torch::randn({2, 6, 36}), torch::randn({2, 6, 36}),
                       torch::randn({2, 36, 11}), torch::rand({2, 36, 10}), torch::randperm(36)};
  ASSERT_FALSE(pointed(whole).isnan().any().item<bool>());
  for (torch::Tensor Pointing::*logits : {&Pointing::rows, &Pointing::columns, &Pointing::kinds}) {
    Pointing damaged = whole;
    damaged.*logits = (whole.*logits).clone();
    (damaged.*logits).view(-1)[5].fill_(std::numeric_limits<float>::quiet_NaN());
    EXPECT_TRUE(pointed(damaged).isnan().any().item<bool>());
  }
}

TEST(Pointed, IsTheChainOfOperations) {
  torch::manual_seed(1);
  for (const std::int64_t side : {4, 6, 10, 12}) {
    const std::int64_t cells = side * side;
    const torch::Tensor order = torch::randperm(cells);
    const auto by = [&](torch::Tensor (*function)(const Pointing&)) {
      return [function, order](const Tensors& in) {
        return function({in[0], in[1], in[2], in[3], order});
      };
    };
    expect_same(by(pointed), by(pointed_plain),
                {3 * torch::randn({3, side, cells}), 3 * torch::randn({3, side, cells}),
                 3 * torch::randn({3, cells, 11}), torch::rand({3, cells, 10})});
  }
}

TEST(Pointed, NeedsNoGradientOfGivenGrids) {
  torch::manual_seed(1);
  const auto rows = torch::randn({2, 4, 16}).requires_grad_(true);
  const auto next = pointed({rows, torch::randn({2, 4, 16}), torch::randn({2, 16, 11}),
                             torch::rand({2, 16, 10}), torch::arange(16)});
  next.sum().backward();
  EXPECT_TRUE(rows.grad().defined());
}

}  // namespace
}  // namespace recombine
