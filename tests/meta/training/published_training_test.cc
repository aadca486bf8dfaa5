// What an update of the published training is (arXiv 2504.01445).

#include <gtest/gtest.h>

#include "data/error.h"
#include "meta/batches/grid_batches.h"
#include "meta/run/schedule.h"
#include "meta/validation/grid_answers.h"
#include "meta/validation/grid_validation.h"
#include "meta/workers/prefetch.h"
#include "models/entry.h"
#include "models/optimisers/optimiser.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

constexpr std::uint64_t kEpisodes = 82908;  // of the published training set

TrainConfig published() {
  TrainConfig config;
  config.steps = 0;
  config.epochs = 300;
  config.batch = 400;
  config.mean_over = 200;
  config.partial_batches = true;
  config.schedule = "chained";
  config.lr = 0.01;
  config.warmup_part = 0.1;
  config.final_lr = 0.05;
  return config;
}

TEST(PublishedTraining, Has208UpdatesAnEpoch) {
  EXPECT_EQ(epoch_steps(published(), kEpisodes), 208U);
  const TrainConfig config = with_steps(published(), kEpisodes);
  EXPECT_EQ(config.steps, 62400U);
  EXPECT_EQ(config.warmup, 6240U);
  EXPECT_EQ(step_range(config, kEpisodes, 207), (ItemRange{82800, 108}));
  EXPECT_EQ(step_range(config, kEpisodes, 208), (ItemRange{kEpisodes, 400}));
  EXPECT_EQ(epoch_steps(published(), 83481), 209U);
  EXPECT_EQ(epoch_steps(published(), 80035), 201U);
  EXPECT_EQ(epoch_steps(published(), 80557), 202U);
}

TEST(PublishedTraining, ChainsTwoSchedules) {
  const TrainConfig config = with_steps(published(), kEpisodes);
  const auto rate = [&](std::uint64_t epoch, std::uint64_t more = 0) {
    return config.lr * learning_rate_scale(config, epoch * 208 + more);
  };
  EXPECT_NEAR(rate(0), 1e-6, 1e-12);
  EXPECT_NEAR(rate(1), 3.33e-4, 1e-6);
  EXPECT_NEAR(rate(10), 3.228e-3, 1e-6);
  EXPECT_NEAR(rate(20), 6.243e-3, 1e-6);
  EXPECT_NEAR(rate(29, 207), 9.077e-3, 1e-6);
  EXPECT_NEAR(rate(30), 9.047e-3, 1e-6);
  EXPECT_NEAR(rate(100), 6.823e-3, 1e-6);
  EXPECT_NEAR(rate(200), 3.645e-3, 1e-6);
  EXPECT_NEAR(rate(299), 5.0e-4, 1e-9);
  EXPECT_NEAR(rate(299, 207), 5.0e-4, 1e-9);
}

TEST(PublishedTraining, NeedsEpochsThatAreThere) {
  EXPECT_THROW(with_steps(published(), 0), InputError);
  TrainConfig config = published();
  config.epochs = 0;
  EXPECT_THROW(config.validate(), InputError);
  config.schedule = "linear";
  config.steps = 10;
  EXPECT_NO_THROW(config.validate());
  config.mean_over = 300;
  EXPECT_THROW(config.validate(), InputError);
}

TEST(WorkerSlices, StaysWithinAGroup) {
  TrainConfig config = published();
  config.micro_batch = 150;
  const ItemRange step{800, 400};
  EXPECT_EQ(worker_slices(config, step, 0),
            (std::vector<ItemRange>{{800, 150}, {950, 50}, {1000, 150}, {1150, 50}}));
  EXPECT_EQ(group_of(config, step, {950, 50}), (ItemRange{800, 200}));
  EXPECT_EQ(group_of(config, {82800, 108}, {82800, 108}), (ItemRange{82800, 108}));
}

ModelConfig small_reference() {
  ModelConfig model;
  model.name = "reference";
  model.width = 16;
  model.heads = 2;
  model.feed_forward = 32;
  model.layers = 1;
  return model;
}

/// Batches of ten small episodes with noise, and a model for them.
struct Small {
  Small() : episodes(pack_episodes(small_episodes(10))) {
    rules.copy = true;
    rules.noise = 0.05;
    rules.weigh = find_model("reference").loss_weight(small_reference(), episodes.shape.side);
    batches = make_stored_batches(episodes, rules);
    model = make_model(small_reference(), {episodes.shape.side, episodes.shape.study, 0, 0}, 1);
  }

  /// The gradient of step `step`, all parameters one after the other, and its loss.
  std::pair<torch::Tensor, double> gradient(const TrainConfig& config, std::uint64_t step) {
    model->zero_grad();
    double sum = 0;
    for (int worker = 0; worker < config.workers; ++worker) {
      Prefetch prefetch(*batches, config, worker, step, 0);
      for (const Batch& batch : prefetch.next()) {
        const torch::Tensor loss = model->loss_of(batch) * batch.loss_factor;
        loss.backward();
        sum += loss.item<double>();
      }
    }
    std::vector<torch::Tensor> all;
    for (const Weight& weight : model->weights()) all.push_back(weight.tensor.grad().flatten());
    return {torch::cat(all), sum};
  }

  EpisodeTensors episodes;
  BatchRules rules;
  std::unique_ptr<BatchSource> batches;
  std::shared_ptr<Model> model;
};

TrainConfig grouped_training() {
  TrainConfig config;
  config.batch = 4;
  config.mean_over = 2;
  config.partial_batches = true;
  return config;
}

TEST(MicroBatches, GiveTheUpdateOfTheWholeBatch) {
  Small small;
  TrainConfig config = grouped_training();
  config.mean_over = 0;
  const auto [whole, loss] = small.gradient(config, 1);
  config.micro_batch = 1;
  const auto [pieces, sum] = small.gradient(config, 1);
  EXPECT_NEAR(sum, loss, 1e-5);
  EXPECT_TRUE(torch::allclose(pieces, whole, 1e-4, 1e-6));
  config.workers = 3;
  EXPECT_TRUE(torch::allclose(small.gradient(config, 1).first, whole, 1e-4, 1e-6));
  config.mean_over = 2;  // two means of two episodes are not one of four
  EXPECT_FALSE(torch::allclose(small.gradient(config, 1).first, whole, 1e-4, 1e-6));
}

TEST(PublishedTraining, TakesTheMeanOfTwoWeightedMeans) {
  Small small;
  TrainConfig two = grouped_training();
  TrainConfig one = two;
  one.batch = 2;
  one.mean_over = 0;
  const torch::Tensor first = small.gradient(one, 0).first;
  const torch::Tensor second = small.gradient(one, 1).first;
  two.micro_batch = 1;
  EXPECT_TRUE(torch::allclose(small.gradient(two, 0).first, (first + second) / 2, 1e-4, 1e-6));
}

TEST(PublishedTraining, HalvesTheOddLastMicroBatchOfAnEpoch) {
  Small small;
  TrainConfig two = grouped_training();
  TrainConfig one = two;
  one.batch = 2;
  one.mean_over = 0;
  // Ten episodes: updates of 4, 4 and 2.
  EXPECT_TRUE(
      torch::allclose(small.gradient(two, 2).first, small.gradient(one, 4).first / 2, 1e-4, 1e-6));
}

TEST(ScoreAnswers, CountsAnAnswerWithoutAPatchAsWrong) {
  const EpisodeTensors episodes = pack_episodes(small_episodes(2));
  torch::Tensor grids = episodes.queries.select(2, 1).contiguous().clone();
  EXPECT_EQ(score_answers(grids, episodes)[0].second, 1);
  grids[0][0][1][1] = kNoCell;
  for (const auto& [figure, value] : score_answers(grids, episodes)) {
    if (figure == "queries") continue;
    EXPECT_NEAR(value, 5.0 / 6, 1e-9) << figure;
  }
  EXPECT_FALSE(answer_at(grids, 0).has_value());
  EXPECT_TRUE(answer_at(grids, 1).has_value());
}

TEST(GridValidation, AsksTheStudyPairsTooWhereTheyAreTrained) {
  const EpisodeTensors episodes = pack_episodes(small_episodes(3));
  const TaskShape task{episodes.shape.side, episodes.shape.study, 0, 0};
  WorkerThreads workers(1);
  Replicas replicas([&] { return make_model(small_reference(), task, 1); }, 1, torch::kCPU);
  const auto figures = [&](bool copies) {
    std::vector<std::string> names;
    const auto set = make_grid_validation("val_id", episodes, copies);
    for (const auto& score : set->validate(workers, replicas, {}).scores)
      names.push_back(score.first);
    return names;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(figures(false), (Names{"exact", "color", "shape", "queries", "loss"}));
  EXPECT_EQ(figures(true), (Names{"exact", "color", "shape", "queries", "copy_exact", "copy_color",
                                  "copy_shape", "copy_loss", "loss"}));
}

TEST(GridValidation, HasTheLossThatTrainingHas) {
  // More episodes than are answered at a time, by one worker and by two.
  const EpisodeTensors episodes = pack_episodes(small_episodes(40));
  const TaskShape task{episodes.shape.side, episodes.shape.study, 0, 0};
  const auto make = [&] { return make_model(small_reference(), task, 1); };
  const auto loss_of = [&](std::int64_t first, std::int64_t count) {
    const torch::Tensor queries = episodes.queries.narrow(0, first, count);
    return as_grid_model(*make())
        .loss({episodes.study.narrow(0, first, count), queries.select(2, 0).contiguous(),
               queries.select(2, 1).contiguous(), episodes.shape.study_roles})
        .item<double>();
  };
  const double expected = (32 * loss_of(0, 32) + 8 * loss_of(32, 8)) / 40;
  for (const int count : {1, 2}) {
    WorkerThreads workers(count);
    Replicas replicas(make, count, torch::kCPU);
    EXPECT_NEAR(mean_loss(workers, replicas, episodes), expected, 1e-6 * expected) << count;
  }
}

}  // namespace
}  // namespace recombine
