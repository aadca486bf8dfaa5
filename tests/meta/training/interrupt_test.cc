// What an interrupted run leaves, and how it goes on.

#include <atomic>

#include <gtest/gtest.h>

#include "data/error.h"
#include "tests/meta/training/training_fixtures.h"

namespace recombine {
namespace {

/// Is interrupted in its validation number `call`.
class InterruptedSet : public ValidationSet {
 public:
  InterruptedSet(std::unique_ptr<ValidationSet> set, int call)
      : set_(std::move(set)), left_(call) {}
  const std::string& name() const override { return set_->name(); }
  Validated validate(WorkerThreads& workers,
                     Replicas& replicas,
                     const AnswerWatch& watch) const override {
    if (left_-- == 0) throw Interrupted("as by a signal");
    return set_->validate(workers, replicas, watch);
  }

 private:
  std::unique_ptr<ValidationSet> set_;
  mutable int left_;
};

/// Interrupted in validation `call` of val_ood, after that of val_id.
RunData interrupted_validation(const TrainConfig& config, int call) {
  RunData data = fresh_data(config);
  data.validation[1] = std::make_unique<InterruptedSet>(std::move(data.validation[1]), call);
  return data;
}

class InterruptedRun : public TrainRun {
 protected:
  /// Interrupts a run with `data`, which then has `step` saved, and goes on with it: the run must
  /// be as one that nobody interrupted.
  void expect_resumed_as_whole(const RunData& data, std::uint64_t step) {
    const TrainConfig config = small_training();
    const TrainRequest whole = request_in("whole", config);
    train_run(whole, fresh_data(config));
    const TrainRequest broken = request_in("broken", config);
    const std::string message = message_of<Interrupted>([&] { train_run(broken, data); });
    EXPECT_NE(message.find(cat("step ", step, " of 20 is saved")), std::string::npos) << message;
    ASSERT_FALSE(broken.folder.steps().empty());
    EXPECT_EQ(broken.folder.steps().back(), step);
    EXPECT_EQ(broken.folder.read_info().at("status"), "interrupted");
    EXPECT_EQ(train_run(broken, fresh_data(config)).step, 20U);
    EXPECT_EQ(newest_checkpoint(broken.folder), newest_checkpoint(whole.folder));
    EXPECT_EQ(rows_of(broken.folder), rows_of(whole.folder));
    EXPECT_TRUE(broken.folder.is_finished());
  }
};

TEST_F(InterruptedRun, DropsTheStepUnderWay) {
  const RunData data = watched_data(small_training(), [](std::uint64_t first) {
    if (first >= 15 * 6) throw Interrupted("as by a signal");
  });
  expect_resumed_as_whole(data, 15);
}

TEST_F(InterruptedRun, GoesOnFromTheVeryFirstStep) {
  const RunData data =
      watched_data(small_training(), [](std::uint64_t) { throw Interrupted("as by a signal"); });
  expect_resumed_as_whole(data, 0);
}

TEST_F(InterruptedRun, MakesTheValidationUnderWayAgain) {
  expect_resumed_as_whole(interrupted_validation(small_training(), 0), 10);
}

TEST_F(InterruptedRun, MakesTheLastValidationAgainAndIsFinished) {
  expect_resumed_as_whole(interrupted_validation(small_training(), 1), 20);
}

TEST_F(InterruptedRun, SavesAStepOnce) {
  const TrainConfig config = small_training();
  const TrainRequest request = request_in("run", config);
  const std::filesystem::path mark = request.folder.checkpoint(12) / "mark";
  const RunData data = watched_data(config, [&](std::uint64_t first) {
    if (first < 12 * 6) return;
    if (first == 12 * 6) write_file(mark, "saved once");
    throw Interrupted("as by a signal");
  });
  EXPECT_THROW(train_run(request, data), Interrupted);
  EXPECT_EQ(request.folder.read_info().at("status"), "interrupted");
  EXPECT_TRUE(std::filesystem::exists(mark));
}

TEST(GridValidation, TellsItsWatchOfEveryPass) {
  TrainConfig config = small_training();
  config.queries_mix = {"plain", "copy"};
  const RunData data = fresh_data(config);
  WorkerThreads workers(2);
  Replicas replicas([&] { return make_model(small_model(), data.task, 1); }, 2, torch::kCPU);
  const auto validate = [&](const AnswerWatch& watch) {
    data.validation.front()->validate(workers, replicas, watch);
  };
  // Answers and losses, of the queries and of the copies.
  const std::int64_t all = 4L * config.validate_items;
  std::atomic<std::int64_t> heard = 0;
  validate([&](std::int64_t items) { heard += items; });
  EXPECT_EQ(heard, all);
  for (std::int64_t limit = 0; limit < all; limit += config.validate_items) {
    heard = 0;
    const AnswerWatch stop = [&](std::int64_t items) {
      if ((heard += items) > limit) throw Interrupted("enough");
    };
    EXPECT_THROW(validate(stop), Interrupted);
  }
}

}  // namespace
}  // namespace recombine
