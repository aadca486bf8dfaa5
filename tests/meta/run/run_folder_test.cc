#include "meta/run/run_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "meta/run/run_state.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

RunFolder new_run(const TemporaryFolder& folder, const std::vector<std::uint64_t>& steps) {
  RunFolder run(folder.path());
  for (const std::uint64_t step : steps) std::filesystem::create_directories(run.checkpoint(step));
  return run;
}

std::string complaint(const RunFolder& run, const std::string& which) {
  try {
    run.find(which);
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

using Steps = std::vector<std::uint64_t>;

TEST(RunFolder, FindsCheckpointsByNumberNotByName) {
  const TemporaryFolder folder;
  const RunFolder run = new_run(folder, {20, 100, 3});
  EXPECT_EQ(run.steps(), (Steps{3, 20, 100}));
  EXPECT_EQ(run.find("last"), 100U);
  EXPECT_EQ(run.find("20"), 20U);
}

TEST(RunFolder, FindsTheBestAsTheRunRecordsIt) {
  const TemporaryFolder folder;
  const RunFolder run = new_run(folder, {20, 100});
  write_file(run.info(), R"({"best": {"step": 20, "by": "val_id", "exact": 0.5}})");
  EXPECT_EQ(run.find("best"), 20U);
}

TEST(RunFolder, SaysWhichCheckpointsThereAre) {
  const TemporaryFolder folder;
  const RunFolder run = new_run(folder, {20, 100});
  EXPECT_NE(complaint(run, "50").find("no checkpoint of step 50; there are: 20, 100"),
            std::string::npos);
  EXPECT_NE(complaint(run, "newest").find("must be last, best or a step"), std::string::npos);
  EXPECT_NE(complaint(run, "best").find("is no run"), std::string::npos);
  write_file(run.info(), "{}");
  EXPECT_NE(complaint(run, "best").find("records no best checkpoint"), std::string::npos);
  const TemporaryFolder empty;
  EXPECT_NE(complaint(new_run(empty, {}), "last").find("holds no checkpoint"), std::string::npos);
}

TEST(RunFolder, RefusesADamagedRecord) {
  const TemporaryFolder folder;
  const RunFolder run = new_run(folder, {});
  write_file(run.info(), "{\"best\":");
  EXPECT_THROW(run.read_info(), DataError);
  write_file(run.info(), "{\"step\": 3}");
  EXPECT_EQ(run.read_info("step"), 3);
  EXPECT_EQ(message_of<DataError>([&] { run.read_info("task"); }),
            run.info().string() + ": is damaged; it has no \"task\"");
}

TEST(PruneCheckpoints, KeepsTheNewestAndTheBestAndNoHalves) {
  const TemporaryFolder folder;
  const RunFolder run = new_run(folder, {10, 20, 30, 40});
  std::filesystem::create_directories(run.checkpoints() / "step-50.part");
  prune_checkpoints(run, 2, 10);
  EXPECT_EQ(run.steps(), (Steps{10, 30, 40}));
  EXPECT_FALSE(std::filesystem::exists(run.checkpoints() / "step-50.part"));
  prune_checkpoints(run, 2, std::nullopt);
  EXPECT_EQ(run.steps(), (Steps{30, 40}));
}

TEST(PruneCheckpoints, KeepsAllWhereNoneAreToGo) {
  const TemporaryFolder folder;
  const RunFolder run = new_run(folder, {10, 20, 30});
  std::filesystem::create_directories(run.checkpoints() / "step-40.part");
  prune_checkpoints(run, 0, 10);
  EXPECT_EQ(run.steps(), (Steps{10, 20, 30}));
  EXPECT_FALSE(std::filesystem::exists(run.checkpoints() / "step-40.part"));
}

TEST(PruneCheckpoints, LeavesWhatIsNotTheRuns) {
  const TemporaryFolder folder;
  const RunFolder run = new_run(folder, {10, 20, 30});
  const std::vector<std::string> others = {"step-10.good", "best", "step-.part", "my.part"};
  for (const std::string& name : others)
    std::filesystem::create_directories(run.checkpoints() / name);
  write_file(run.checkpoints() / "notes.txt", "10 was good");
  prune_checkpoints(run, 1, std::nullopt);
  EXPECT_EQ(run.steps(), (Steps{30}));
  for (const std::string& name : others)
    EXPECT_TRUE(std::filesystem::exists(run.checkpoints() / name)) << name;
  EXPECT_TRUE(std::filesystem::exists(run.checkpoints() / "notes.txt"));
}

TEST(RunFolder, IsFinishedWhereItsRecordSaysSo) {
  const TemporaryFolder folder;
  const RunFolder run = new_run(folder, {20});
  EXPECT_FALSE(run.is_finished());
  write_file(run.info(), R"({"status": "interrupted", "step": 20, "steps": 20})");
  EXPECT_FALSE(run.is_finished());
  write_file(run.info(), R"({"status": "finished"})");
  EXPECT_TRUE(run.is_finished());
}

TEST(CutMetrics, RemovesLaterRowsAndAHalfWrittenOne) {
  const TemporaryFolder folder;
  const RunFolder run = new_run(folder, {});
  cut_metrics(run, 10);  // no file yet
  for (const int step : {10, 20, 30}) add_metrics(run, {{"step", step}, {"loss", 0.5}});
  write_file(run.metrics(), read_file(run.metrics()) + "{\"step\": 1");
  cut_metrics(run, 20);
  EXPECT_EQ(read_file(run.metrics()), "{\"step\":10,\"loss\":0.5}\n{\"step\":20,\"loss\":0.5}\n");
}

TEST(RunState, ComesBackFromJsonExactly) {
  const RunState state{120, 0.1 + 0.2, 7, BestCheckpoint{100, 1.0 / 3}};
  EXPECT_EQ(run_state(Json::parse(to_json(state).dump())), state);
  const RunState young{1, 2.5, 1, std::nullopt};
  EXPECT_EQ(run_state(Json::parse(to_json(young).dump())), young);
}

TEST(RunState, RefusesWhatIsNoState) {
  EXPECT_THROW(run_state(Json::object()), DataError);
  EXPECT_THROW(run_state({{"step", "three"}, {"loss_sum", 0}, {"loss_steps", 0}}), DataError);
}

}  // namespace
}  // namespace recombine
