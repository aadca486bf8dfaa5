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

SplitConfig shuffled_split() {
  SplitConfig split = small_split();
  split.shuffle_study = true;
  return split;
}

ModelConfig model_named(const std::string& name) {
  ModelConfig model;
  model.name = name;
  return model;
}

/// An executor that is told no sections when it is asked.
ModelConfig finding() {
  ModelConfig model = model_named("executor");
  model.sections = "hidden";
  return model;
}

RunData fresh_run(const ModelConfig& model,
                  const SplitConfig& split = small_split(),
                  const TrainConfig& config = few_items(),
                  torch::Device device = torch::kCPU) {
  return open_run(FreshRecipe{small_grids(), split}, model, config, device);
}

/// Why the data is refused.
std::string complaint(const ModelConfig& model,
                      const SplitConfig& split = small_split(),
                      const TrainConfig& config = few_items(),
                      torch::Device device = torch::kCPU) {
  return message_of<InputError>([&] { fresh_run(model, split, config, device); });
}

TEST(OpenRun, RefusesAPrecisionThatTheDeviceHasNot) {
  TrainConfig config = few_items();
  config.device = "auto";
  config.precision = "bf16";
  EXPECT_THAT(complaint(model_named("fast"), small_split(), config),
              HasSubstr("--precision bf16: needs a GPU"));
}

TEST(OpenRun, RefusesMicroBatchesThatNoRecordedStepHas) {
  TrainConfig config = few_items();
  config.micro_batch = 5;
  EXPECT_THAT(complaint(model_named("fast"), small_split(), config, torch::kCUDA),
              HasSubstr("--micro-batch 5: must divide --batch 16 on a GPU"));
  EXPECT_EQ(complaint(model_named("fast"), small_split(), config), "nothing thrown");
}

TEST(OpenRun, RefusesTriggersOfFreshEpisodes) {
  ModelConfig model = model_named("executor");
  model.sections = "triggers";
  EXPECT_THAT(complaint(model), HasSubstr("--model.sections triggers: is for stored episodes"));
}

TEST(OpenRun, RefusesStudyPairsThatAnExecutorCannotUse) {
  SplitConfig none = small_split();
  none.primitives = 0;
  none.compositions = 0;
  EXPECT_THAT(complaint(model_named("executor"), none), HasSubstr("needs study pairs"));
  EXPECT_EQ(complaint(model_named("executor")), "nothing thrown");
  EXPECT_EQ(complaint(model_named("fast"), shuffled_split()), "nothing thrown");
}

TEST(OpenRun, TellsAnExecutorThatFindsTheSectionsWhereItLearns) {
  const RunData data = fresh_run(finding(), shuffled_split());
  const Batch batch = data.batches->batch({0, 3}, {0, 3});
  EXPECT_EQ(std::get<GridBatch>(batch.items).study_roles,
            std::vector<Roles>(kStudySections.begin(), kStudySections.end()));
  EXPECT_EQ(data.validation.size(), 2U);
}

// Shuffled pairs that say their sections are as good as ordered ones to a model that is told them.
TEST(OpenRun, PutsShuffledPairsInOrderForAnExecutorThatIsTold) {
  const Batch shuffled =
      fresh_run(model_named("executor"), shuffled_split()).batches->batch({0, 3}, {0, 3});
  const Batch plain = fresh_run(model_named("executor")).batches->batch({0, 3}, {0, 3});
  const auto& grids = std::get<GridBatch>(shuffled.items);
  EXPECT_EQ(grids.study_roles, std::vector<Roles>(kStudySections.begin(), kStudySections.end()));
  EXPECT_TRUE(torch::equal(grids.study, std::get<GridBatch>(plain.items).study));
}

TEST(OpenRun, LearnsFromAStoredShuffledSplitThatSaysItsSections) {
  const TemporaryFolder folder;
  const FreshEpisodes source(FreshRecipe{small_grids(), shuffled_split()}, 1, FreshUse::kTrain);
  std::vector<Episode> episodes;
  for (std::uint64_t i = 0; i < 4; ++i) episodes.push_back(source.make(i));
  write_set(folder / "train", episodes);
  write_set(folder / "val_ood", episodes);
  const RunData data = open_run(folder.path(), model_named("executor"), few_items(), torch::kCPU);
  const Batch batch = data.batches->batch({0, 3}, {0, 3});
  EXPECT_EQ(std::get<GridBatch>(batch.items).study_roles,
            std::vector<Roles>(kStudySections.begin(), kStudySections.end()));
  EXPECT_EQ(data.validation.size(), 1U);
}

TEST(OpenRun, SaysHowOneSetIsMadeASplit) {
  const TemporaryFolder folder;
  write_set(folder / "all", small_episodes(4));
  EXPECT_THAT(message_of<DataError>([&] {
                open_run(folder / "all", model_named("executor"), few_items(), torch::kCPU);
              }),
              HasSubstr("all: is one set, and training needs sets apart; recombine split"));
}

TEST(OpenRun, RefusesSectionsThatCannotBeFound) {
  SplitConfig split = shuffled_split();
  split.compositions = 0;
  EXPECT_THAT(complaint(finding(), split), HasSubstr("3 study pairs of unknown sections"));
}

TEST(OpenRun, MixesStudySettingsForModelsThatReadAny) {
  TrainConfig config = few_items();
  config.study_mix = {"no-primitives", "no-compositions"};
  EXPECT_THAT(complaint(model_named("fast"), small_split(), config),
              HasSubstr("--study-mix no-primitives: the model fast needs the same study pairs"));
  EXPECT_EQ(complaint(model_named("executor"), small_split(), config), "nothing thrown");
  config.study_mix = {"three-shot"};
  EXPECT_THAT(complaint(model_named("executor"), small_split(), config),
              HasSubstr("--study-mix three-shot: shows 3 of the queries"));
}

TEST(OpenRun, PadsGridsForModelsThatReadAnySide) {
  TrainConfig config = few_items();
  config.pad_to = {"8", "10"};
  ModelConfig model = model_named("executor");
  EXPECT_THAT(complaint(model, small_split(), config),
              HasSubstr("--pad-to 8: needs --model.places relative"));
  model.places = "relative";
  EXPECT_EQ(complaint(model, small_split(), config), "nothing thrown");
  config.pad_to = {"9"};
  EXPECT_THAT(complaint(model, small_split(), config), HasSubstr("--pad-to 9"));
}

TEST(OpenRun, NamesFreshEpisodesByTheirOptionsAndTheSeed) {
  const auto digest = [](const FreshRecipe& recipe, const TrainConfig& config) {
    return open_run(recipe, model_named("fast"), config, torch::kCPU)
        .source.at("digest")
        .get<std::string>();
  };
  const FreshRecipe recipe{small_grids(), small_split()};
  const std::string first = digest(recipe, few_items());
  EXPECT_EQ(first.find("sha256:"), 0U);
  EXPECT_EQ(first.size(), 7U + 64);
  TrainConfig faster = few_items();
  faster.lr = 0.1;
  EXPECT_EQ(digest(recipe, faster), first);
  TrainConfig seeded = few_items();
  seeded.seed = 7;
  EXPECT_NE(digest(recipe, seeded), first);
  EXPECT_NE(digest({small_grids(), shuffled_split()}, few_items()), first);
  FreshRecipe larger = recipe;
  larger.grids.side = 7;
  EXPECT_NE(digest(larger, few_items()), first);
}

}  // namespace
}  // namespace recombine
