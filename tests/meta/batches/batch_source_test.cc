#include "meta/batches/batch_source.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "data/error.h"
#include "meta/batches/epoch_order.h"
#include "meta/batches/grid_batches.h"
#include "meta/workers/prefetch.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

TEST(FreshEpisodes, KeepHeldOutTripletsFromTraining) {
  const TripletSplit triplets = split_triplets(small_grids().types, small_split());
  for (const Episode& episode : small_episodes(60)) {
    EXPECT_EQ(std::count(triplets.train.begin(), triplets.train.end(), triplet(episode.grammar)),
              1);
  }
  for (const Episode& episode : small_episodes(20, FreshUse::kValidateOod)) {
    EXPECT_EQ(std::count(triplets.test.begin(), triplets.test.end(), triplet(episode.grammar)), 1);
  }
}

TEST(FreshEpisodes, AreOthersForEachUseAndSeed) {
  const Episode train = small_episodes(1)[0];
  EXPECT_EQ(train, small_episodes(1)[0]);
  EXPECT_NE(train.queries, small_episodes(1, FreshUse::kValidateId)[0].queries);
  const FreshEpisodes other({small_grids(), small_split()}, 8, FreshUse::kTrain);
  EXPECT_NE(train.queries, other.make(0).queries);
}

TEST(FreshEpisodes, AreShuffledAsTheSplitSays) {
  SplitConfig split = small_split();
  split.shuffle_study = true;
  const FreshEpisodes source({small_grids(), split}, 7, FreshUse::kTrain);
  int moved = 0;
  for (std::uint64_t i = 0; const Episode& plain : small_episodes(5)) {
    const Episode shuffled = source.make(i);
    EXPECT_EQ(shuffled, source.make(i++));
    EXPECT_EQ(shuffled.queries, plain.queries);
    EXPECT_TRUE(std::ranges::is_permutation(shuffled.study, plain.study));
    moved += shuffled.study != plain.study ? 1 : 0;
  }
  EXPECT_GE(moved, 4);
}

TEST(FreshEpisodes, RefuseTypesThatLeaveNothingHeldOut) {
  GridConfig grids = small_grids();
  grids.types = {"translation", "mirror", "set_color"};
  EXPECT_THROW(FreshEpisodes({grids, small_split()}, 1, FreshUse::kValidateOod), InputError);
}

TEST(EpochOrder, ShowsEveryItemOnceAnEpoch) {
  const EpochOrder order(5, 10);
  std::vector<std::int64_t> first = order.rows({0, 10});
  const std::vector<std::int64_t> second = order.rows({10, 10});
  EXPECT_NE(first, second);
  std::sort(first.begin(), first.end());
  EXPECT_EQ(first, (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST(EpochOrder, IsAFunctionOfTheNumberAlone) {
  const EpochOrder order(5, 10);
  const std::vector<std::int64_t> across = order.rows({8, 25});
  EXPECT_EQ(order.rows({8, 1})[0], across[0]);
  EXPECT_EQ(order.rows({32, 1})[0], across[24]);
  EXPECT_EQ(EpochOrder(5, 10).rows({8, 25}), across);
  EXPECT_NE(EpochOrder(6, 10).rows({8, 25}), across);
}

GridBatch grids_of(const BatchSource& source, const ItemRange& range) {
  return std::get<GridBatch>(source.batch(range, range).items);
}

TEST(BatchSources, GiveTheSameBatchWhateverWasAskedBefore) {
  BatchRules rules;
  rules.aux = true;
  const auto stored = make_stored_batches(pack_episodes(small_episodes(10)), rules);
  const auto fresh = make_fresh_batches(
      FreshEpisodes({small_grids(), small_split()}, 7, FreshUse::kTrain), rules, torch::kCPU);
  for (const BatchSource* source : {stored.get(), fresh.get()}) {
    const GridBatch first = grids_of(*source, {4, 3});
    grids_of(*source, {100, 2});
    const GridBatch again = grids_of(*source, {4, 3});
    EXPECT_TRUE(first.study.equal(again.study));
    EXPECT_TRUE(first.query_outputs.equal(again.query_outputs));
    EXPECT_TRUE(grids_of(*source, {5, 1}).study[0].equal(first.study[1]));
  }
}

TEST(WorkerSlices, CutsEachBatchIntoContiguousSlicesAndMicroBatches) {
  TrainConfig config;
  config.batch = 7;
  config.workers = 2;
  config.micro_batch = 2;
  using Ranges = std::vector<ItemRange>;
  EXPECT_EQ(worker_slices(config, {0, 7}, 0), (Ranges{{0, 2}, {2, 1}}));
  EXPECT_EQ(worker_slices(config, {0, 7}, 1), (Ranges{{3, 2}, {5, 2}}));
  EXPECT_EQ(worker_slices(config, {21, 7}, 0), (Ranges{{21, 2}, {23, 1}}));
  config.micro_batch = 0;
  EXPECT_EQ(worker_slices(config, {7, 7}, 1), (Ranges{{10, 4}}));
}

TEST(StepRange, EndsWithTheEpochWhereAsked) {
  TrainConfig config;
  config.batch = 4;
  EXPECT_EQ(step_range(config, 10, 3), (ItemRange{12, 4}));
  config.partial_batches = true;
  EXPECT_EQ(step_range(config, 10, 1), (ItemRange{4, 4}));
  EXPECT_EQ(step_range(config, 10, 2), (ItemRange{8, 2}));
  EXPECT_EQ(step_range(config, 10, 3), (ItemRange{10, 4}));
  EXPECT_EQ(step_range(config, 10, 5), (ItemRange{18, 2}));
  EXPECT_EQ(step_range(config, 0, 5), (ItemRange{20, 4}));
}

/// Fails in the batch that holds episode `bad`.
class FailingBatches : public BatchSource {
 public:
  explicit FailingBatches(std::uint64_t bad) : bad_(bad) {}
  Batch batch(const ItemRange& slice, const ItemRange&) const override {
    if (slice.first <= bad_ && bad_ < slice.first + slice.count) throw DataError("bad block");
    return {GridBatch{torch::full({1}, static_cast<std::int64_t>(slice.first)), {}, {}}, {}};
  }
  std::uint64_t epoch_items() const override { return 0; }

 private:
  std::uint64_t bad_;
};

TEST(Prefetch, GivesTheSameStepsAheadOrNot) {
  TrainConfig config;
  config.batch = 4;
  config.steps = 6;
  const FailingBatches source(1000);
  for (const int ahead : {0, 1, 3, 20}) {
    Prefetch prefetch(source, config, 0, 2, ahead);
    for (std::int64_t step = 2; step < 6; ++step) {
      const Batch batch = prefetch.next().at(0);
      EXPECT_EQ(std::get<GridBatch>(batch.items).study[0].item<std::int64_t>(), 4 * step);
    }
  }
}

TEST(Prefetch, ThrowsInTheStepWhoseBatchFailed) {
  TrainConfig config;
  config.batch = 4;
  const FailingBatches source(9);
  Prefetch prefetch(source, config, 0, 0, 3);
  EXPECT_NO_THROW(prefetch.next());
  EXPECT_NO_THROW(prefetch.next());
  EXPECT_THROW(prefetch.next(), DataError);
}

}  // namespace
}  // namespace recombine
