#include "meta/run/open_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

using testing::HasSubstr;

TrainConfig few_items() {
  TrainConfig config;
  config.validate_items = 5;
  return config;
}

DataRequest request_for(const std::string& model, const SplitConfig& split = small_split()) {
  DataRequest request{"fresh", small_grids(), split, {}};
  request.model.name = model;
  return request;
}

SplitConfig shuffled_split() {
  SplitConfig split = small_split();
  split.shuffle_study = true;
  return split;
}

DataRequest finding(const SplitConfig& split) {
  DataRequest request = request_for("executor", split);
  request.model.sections = "hidden";
  return request;
}

/// Why the data is refused.
std::string complaint(const DataRequest& request,
                      const TrainConfig& config = few_items(),
                      torch::Device device = torch::kCPU) {
  return message_of<InputError>([&] { open_run(request, config, device); });
}

TEST(OpenRun, RefusesAPrecisionThatTheDeviceHasNot) {
  TrainConfig config = few_items();
  config.device = "auto";
  config.precision = "bf16";
  EXPECT_THAT(complaint(request_for("fast"), config), HasSubstr("--precision bf16: needs a GPU"));
}

TEST(OpenRun, RefusesMicroBatchesThatNoRecordedStepHas) {
  TrainConfig config = few_items();
  config.micro_batch = 5;
  EXPECT_THAT(complaint(request_for("fast"), config, torch::kCUDA),
              HasSubstr("--micro-batch 5: must divide --batch 16 on a GPU"));
  EXPECT_EQ(complaint(request_for("fast"), config), "nothing thrown");
}

TEST(OpenRun, RefusesStudyPairsThatAnExecutorCannotUse) {
  SplitConfig none = small_split();
  none.primitives = 0;
  none.compositions = 0;
  EXPECT_THAT(complaint(request_for("executor", none)), HasSubstr("needs study pairs"));
  EXPECT_THAT(complaint(request_for("executor", shuffled_split())),
              HasSubstr("to know the section of each"));
  EXPECT_EQ(complaint(request_for("executor")), "nothing thrown");
  EXPECT_EQ(complaint(request_for("fast", shuffled_split())), "nothing thrown");
}

TEST(OpenRun, TellsAnExecutorThatFindsTheSectionsWhereItLearns) {
  const RunData data = open_run(finding(shuffled_split()), few_items(), torch::kCPU);
  const Batch batch = data.batches->batch({0, 3}, {0, 3});
  EXPECT_EQ(std::get<GridBatch>(batch.items).study_roles,
            std::vector<Roles>(kStudySections.begin(), kStudySections.end()));
  EXPECT_EQ(data.validation.size(), 2U);
}

TEST(OpenRun, RefusesSectionsThatCannotBeFound) {
  SplitConfig split = shuffled_split();
  split.compositions = 0;
  EXPECT_THAT(complaint(finding(split)), HasSubstr("3 study pairs of unknown sections"));
}

TEST(OpenRun, NamesFreshEpisodesByTheirOptionsAndTheSeed) {
  const auto digest = [](const DataRequest& request, const TrainConfig& config) {
    return open_run(request, config, torch::kCPU).source.at("digest").get<std::string>();
  };
  const DataRequest request = request_for("fast");
  const std::string first = digest(request, few_items());
  EXPECT_EQ(first.find("sha256:"), 0U);
  EXPECT_EQ(first.size(), 7U + 64);
  TrainConfig faster = few_items();
  faster.lr = 0.1;
  EXPECT_EQ(digest(request, faster), first);
  TrainConfig seeded = few_items();
  seeded.seed = 7;
  EXPECT_NE(digest(request, seeded), first);
  EXPECT_NE(digest(request_for("fast", shuffled_split()), few_items()), first);
  DataRequest larger = request;
  larger.grids.side = 7;
  EXPECT_NE(digest(larger, few_items()), first);
}

}  // namespace
}  // namespace recombine
