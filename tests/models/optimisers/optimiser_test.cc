#include "models/optimisers/optimiser.h"

#include <array>
#include <barrier>
#include <thread>

#include <gtest/gtest.h>

#include "data/error.h"
#include "models/optimisers/orthogonalise.h"
#include "models/weights/parameters.h"
#include "tests/models/fixtures.h"

namespace recombine {
namespace {

std::shared_ptr<GridModel> tiny_model() { return make_grid_model(tiny_config(), kTinyShape, 1); }

/// All weights, one after the other.
torch::Tensor weights(const Model& model) {
  std::vector<torch::Tensor> all;
  for (const auto& parameter : model.parameters()) all.push_back(parameter.detach().flatten());
  return torch::cat(all);
}

void take_steps(GridModel& model,
                Optimiser& optimiser,
                int steps,
                const UpdateThreads& threads = {}) {
  for (int step = 0; step < steps; ++step) {
    model.zero_grad();
    model.loss(tiny_batch()).backward();
    optimiser.step(1, threads);
  }
}

/// So many threads.
UpdateThreads threads_of(int count) {
  return {count, [count](const std::function<void(int)>& work) {
            std::vector<std::jthread> threads(static_cast<std::size_t>(count));
            for (int member = 0; member < count; ++member)
              threads[static_cast<std::size_t>(member)] =
                  std::jthread([&work, member] { work(member); });
          }};
}

double gradient_norm(const Model& model) {
  double square = 0;
  for (const auto& parameter : model.parameters())
    square += parameter.grad().pow(2).sum().item<double>();
  return std::sqrt(square);
}

TEST(AdamW, IsThatOfTorch) {
  const auto ours = tiny_model();
  const auto theirs = tiny_model();
  const auto optimiser = make_optimiser(
      ours->weights(), {.lr = 3e-3, .beta1 = 0.8, .beta2 = 0.9, .eps = 1e-6, .weight_decay = 0.1});
  torch::optim::AdamW reference(
      theirs->parameters(),
      torch::optim::AdamWOptions(3e-3).betas({0.8, 0.9}).eps(1e-6).weight_decay(0.1));
  torch::manual_seed(1);
  for (int step = 0; step < 5; ++step) {
    for (std::size_t i = 0; i < ours->parameters().size(); ++i) {
      const torch::Tensor gradient = torch::randn_like(ours->parameters()[i]);
      ours->parameters()[i].mutable_grad() = gradient.clone();
      theirs->parameters()[i].mutable_grad() = gradient.clone();
    }
    optimiser->step(1);
    reference.step();
    EXPECT_TRUE(torch::allclose(weights(*ours), weights(*theirs), 1e-5, 1e-6)) << "step " << step;
  }
}

TEST(Optimiser, TakesItsScaleFromATensorToo) {
  for (const char* name : {"adamw", "muon"}) {
    const auto by_number = tiny_model();
    const auto by_tensor = tiny_model();
    const OptimiserConfig config{.name = name, .weight_decay = 0.1, .clip = 0.5};
    const auto one = make_optimiser(by_number->weights(), config);
    const auto other = make_optimiser(by_tensor->weights(), config);
    torch::manual_seed(1);
    for (const double scale : {1.0, 0.25, 0.5}) {
      for (std::size_t i = 0; i < by_number->parameters().size(); ++i) {
        const torch::Tensor gradient = torch::randn_like(by_number->parameters()[i]);
        by_number->parameters()[i].mutable_grad() = gradient.clone();
        by_tensor->parameters()[i].mutable_grad() = gradient.clone();
      }
      one->step(scale);
      other->step(torch::tensor(scale, torch::kFloat32));
      EXPECT_TRUE(torch::allclose(weights(*by_number), weights(*by_tensor), 1e-4, 1e-6)) << name;
    }
  }
}

TEST(AdamW, DoesTheSameForParametersApartInMemory) {
  const auto together = tiny_model();
  const auto apart = tiny_model();
  for (torch::Tensor& parameter : apart->parameters()) parameter.set_data(parameter.data().clone());
  ASSERT_TRUE(flat_view(together->parameters()).defined());
  ASSERT_FALSE(flat_view(apart->parameters()).defined());
  for (const char* name : {"adamw", "muon"}) {
    take_steps(*together, *make_optimiser(together->weights(), {.name = name, .clip = 0.5}), 3);
    take_steps(*apart, *make_optimiser(apart->weights(), {.name = name, .clip = 0.5}), 3);
    EXPECT_TRUE(torch::allclose(weights(*together), weights(*apart), 1e-4, 1e-5)) << name;
  }
}

TEST(Optimiser, ClipsTheNormOfAllGradients) {
  const auto model = tiny_model();
  const auto optimiser = make_optimiser(model->weights(), {.clip = 0.01});
  model->loss(tiny_batch()).backward();
  ASSERT_GT(gradient_norm(*model), 0.1);
  optimiser->step(1);
  EXPECT_NEAR(gradient_norm(*model), 0.01, 1e-5);
}

TEST(Optimiser, LeavesSmallGradientsAlone) {
  const auto model = tiny_model();
  const auto optimiser = make_optimiser(model->weights(), {.clip = 1000});
  model->loss(tiny_batch()).backward();
  const double norm = gradient_norm(*model);
  optimiser->step(1);
  EXPECT_DOUBLE_EQ(gradient_norm(*model), norm);
}

TEST(Optimiser, StandsStillWhereTheScheduleIsZero) {
  const auto model = tiny_model();
  const torch::Tensor before = weights(*model);
  model->loss(tiny_batch()).backward();
  make_optimiser(model->weights(), {.name = "muon"})->step(0);
  EXPECT_TRUE(torch::equal(weights(*model), before));
}

TEST(Optimiser, MakesTheSameUpdateAloneAndByManyThreads) {
  for (const char* name : {"adamw", "muon"}) {
    const OptimiserConfig config{.name = name, .clip = 1};
    const auto alone = tiny_model();
    take_steps(*alone, *make_optimiser(alone->weights(), config), 3);
    for (const int count : {2, 3, 50}) {
      const auto together = tiny_model();
      take_steps(*together, *make_optimiser(together->weights(), config), 3, threads_of(count));
      EXPECT_TRUE(torch::equal(weights(*together), weights(*alone))) << name << ", " << count;
    }
  }
}

TEST(Optimiser, LeavesToEachThreadItsSliceOfMuon) {
  const auto whole = tiny_model();
  take_steps(*whole, *make_optimiser(whole->weights(), {.name = "muon"}), 1);
  for (const int idle : {0, 1}) {
    const UpdateThreads threads{2,
                                [idle](const std::function<void(int)>& work) { work(1 - idle); }};
    const auto part = tiny_model();
    take_steps(*part, *make_optimiser(part->weights(), {.name = "muon"}), 1, threads);
    EXPECT_FALSE(torch::equal(weights(*part), weights(*whole))) << idle;
  }
}

/// Two processes that exchange their rows through memory that both see.
class Exchange {
 public:
  UpdateThreads member(int number, int threads) {
    UpdateThreads all = threads_of(threads);
    all.share = {number, 2, [this, number](const torch::Tensor& rows) {
                   rows_[static_cast<std::size_t>(number)] = rows;
                   both_.arrive_and_wait();
                   const torch::Tensor& other = rows_[static_cast<std::size_t>(1 - number)];
                   const std::int64_t half = rows.size(0) / 2;
                   const std::int64_t first = number == 0 ? half : 0;
                   const std::int64_t count = number == 0 ? rows.size(0) - half : half;
                   const torch::Tensor theirs = other.narrow(0, first, count).clone();
                   both_.arrive_and_wait();
                   rows.narrow(0, first, count).copy_(theirs);
                 }};
    return all;
  }

 private:
  std::array<torch::Tensor, 2> rows_;
  std::barrier<> both_{2};
};

TEST(Optimiser, IsTheSameSharedByTwoProcesses) {
  const OptimiserConfig config{.name = "muon", .clip = 1};
  const auto alone = tiny_model();
  take_steps(*alone, *make_optimiser(alone->weights(), config), 3);
  for (const int threads : {1, 2}) {
    Exchange exchange;
    const std::array models = {tiny_model(), tiny_model()};
    {
      const std::jthread other([&] {
        take_steps(*models[1], *make_optimiser(models[1]->weights(), config), 3,
                   exchange.member(1, threads));
      });
      take_steps(*models[0], *make_optimiser(models[0]->weights(), config), 3,
                 exchange.member(0, threads));
    }
    for (const auto& model : models)
      EXPECT_TRUE(torch::equal(weights(*model), weights(*alone))) << threads;
  }
}

TEST(Optimiser, ThatCannotExchangeIsAsBefore) {
  const OptimiserConfig config{.name = "muon"};
  const auto model = tiny_model();
  const auto optimiser = make_optimiser(model->weights(), config);
  take_steps(*model, *optimiser, 1);
  const torch::Tensor before = weights(*model).clone();
  const torch::Tensor momentum = optimiser->state().at("muon.momentum.0").clone();
  UpdateThreads threads;
  threads.share = {0, 2, [](const torch::Tensor&) { throw InputError("the other is gone"); }};
  EXPECT_THROW(take_steps(*model, *optimiser, 1, threads), InputError);
  EXPECT_TRUE(torch::equal(weights(*model), before));
  EXPECT_TRUE(torch::equal(optimiser->state().at("muon.momentum.0"), momentum));
}

TEST(Optimiser, GoesOnFromItsState) {
  for (const char* name : {"adamw", "muon"}) {
    const OptimiserConfig config{.name = name, .clip = 1};
    const auto whole = tiny_model();
    take_steps(*whole, *make_optimiser(whole->weights(), config), 4);
    const auto model = tiny_model();
    const auto first = make_optimiser(model->weights(), config);
    take_steps(*model, *first, 2);
    const auto second = make_optimiser(model->weights(), config);
    second->load_state(first->state());
    take_steps(*model, *second, 2);
    EXPECT_TRUE(torch::equal(weights(*model), weights(*whole))) << name;
  }
}

TEST(Optimiser, RefusesTheStateOfAnother) {
  const auto model = tiny_model();
  const auto adamw = make_optimiser(model->weights(), {.name = "adamw"});
  EXPECT_THROW(make_optimiser(model->weights(), {.name = "muon"})->load_state(adamw->state()),
               InputError);
  EXPECT_THROW(make_optimiser(model->weights(), {.name = "sgd"}), InputError);
}

TEST(Muon, TurnsAPackedMatrixPartByPart) {
  const auto model = tiny_model();
  const auto optimiser =
      make_optimiser(model->weights(), {.name = "muon", .muon_lr = 1, .weight_decay = 0});
  const torch::Tensor packed = model->named_parameters()["encoder_0_attention_qkv_weight"];
  const torch::Tensor before = packed.detach().clone();
  model->loss(tiny_batch()).backward();
  const torch::Tensor update = packed.grad().view({3, 16, 16}) * 1.95;  // Nesterov's look-ahead
  optimiser->step(1);
  const torch::Tensor moved = (before - packed.detach()).view({3, 16, 16});
  for (int part = 0; part < 3; ++part) {
    EXPECT_TRUE(
        torch::allclose(moved[part], orthogonalise(update[part].unsqueeze(0))[0], 1e-3, 1e-4))
        << part;
  }
}

TEST(Orthogonalise, BringsSingularValuesNearOne) {
  torch::manual_seed(1);
  // None square: those may have a singular value that five steps leave near zero.
  for (const auto& shape : {std::vector<std::int64_t>{2, 8, 24}, {2, 24, 8}, {1, 12, 20}}) {
    const torch::Tensor x = torch::randn(shape);
    const torch::Tensor y = orthogonalise(x);
    EXPECT_EQ(y.sizes(), x.sizes());
    const torch::Tensor sizes = std::get<1>(at::linalg_svd(y));
    EXPECT_LT(sizes.max().item<double>(), 1.3);
    EXPECT_GT(sizes.min().item<double>(), 0.6);
  }
}

TEST(Orthogonalise, KeepsTheSingularVectors) {
  torch::manual_seed(2);
  const torch::Tensor x = torch::randn({1, 6, 10});
  const auto [u, s, v] = at::linalg_svd(x, false);
  const torch::Tensor inner = u.transpose(1, 2).bmm(orthogonalise(x)).bmm(v.transpose(1, 2))[0];
  EXPECT_LT((inner - inner.diag().diag()).abs().max().item<double>(), 1e-3);
}

TEST(Orthogonalise, LeavesZerosZero) {
  EXPECT_EQ(orthogonalise(torch::zeros({1, 4, 4})).abs().max().item<double>(), 0);
}

}  // namespace
}  // namespace recombine
