#include "meta/batches/trained_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "generator/facts/recipe.h"
#include "meta/run/open_run.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

using testing::HasSubstr;

Json trained_on(const std::vector<Episode>& episodes) {
  std::set<std::string> triplets;
  for (const Episode& episode : episodes) add_triplet(triplets, episode);
  return {{"triplets", triplets}};
}

std::string grid_data_note(const Json& run,
                           const std::vector<Episode>& asked,
                           const std::string& split) {
  TrainedTriplets trained(run, split);
  for (const Episode& episode : asked) trained.add(episode);
  return trained.note();
}

TEST(TrainedTriplets, CountsEpisodesThatHaveThem) {
  const std::vector<Episode> trained = small_episodes(12);
  std::vector<Episode> asked = small_episodes(5, FreshUse::kValidateOod);
  const Json run = trained_on(trained);
  EXPECT_EQ(grid_data_note(run, asked, "test_ood"), "");
  asked[1].grammar = trained[0].grammar;
  asked[4].grammar = trained[3].grammar;
  EXPECT_EQ(grid_data_note(run, asked, "test_ood"),
            "2 of 5 episodes of test_ood combine rules that the run was trained on together");
  EXPECT_EQ(grid_data_note(run, asked, "test_id"), "");
  EXPECT_EQ(grid_data_note(Json::object(), asked, "test_ood"), "");
}

TEST(TrainedTriplets, AreThoseOfFreshEpisodes) {
  TrainConfig config;
  config.validate_items = 1;
  ModelConfig model;
  model.name = "fast";
  const FreshRecipe recipe{small_grids(), small_split()};
  const Json source = open_run(recipe, model, config, torch::kCPU).source;
  EXPECT_THAT(grid_data_note(source, small_episodes(3), "val_ood"), HasSubstr("3 of 3 episodes"));
  EXPECT_EQ(grid_data_note(source, small_episodes(3, FreshUse::kValidateOod), "val_ood"), "");
}

TEST(TrainedTriplets, AreNotThereWhereRulesAreNotKnown) {
  std::vector<Episode> episodes = small_episodes(2);
  for (Episode& episode : episodes) episode.grammar = {};
  const Json run = trained_on(episodes);
  EXPECT_EQ(run["triplets"], Json::array());
  EXPECT_EQ(grid_data_note(run, episodes, "test_ood"), "");
}

std::string note_of(const FactConfig& trained, const FactConfig& asked) {
  const Json run = {{"recipe", fact_recipe(trained, WorldSet::kTrain)}};
  return fact_data_note(run, fact_recipe(asked, WorldSet::kTestOod));
}

TEST(FactDataNote, TellsWorldsApart) {
  FactConfig world;
  world.entities = 50;
  FactConfig other = world;
  other.lambda = 3.6;
  other.noise = 0.1;
  other.noise_hop = "both";
  EXPECT_EQ(note_of(world, other), "");
  other.seed = 77;
  other.entities = 60;
  EXPECT_EQ(note_of(world, other),
            "of another world than the run's: entities 60, not 50, seed 77, not 1860");
}

TEST(FactDataNote, TellsFormsOfAnswersApart) {
  FactConfig plain;
  plain.cot = false;
  EXPECT_THAT(note_of({}, plain), HasSubstr("with a chain of thought, these have none"));
  EXPECT_THAT(note_of(plain, {}), HasSubstr("without a chain of thought, these have one"));
}

TEST(FactDataNote, SaysNothingOfWhatHasNoRecipe) {
  const Json imported = {{"family", "facts"}, {"import", "grokked"}};
  EXPECT_EQ(fact_data_note({{"recipe", imported}}, fact_recipe({}, WorldSet::kTestOod)), "");
  EXPECT_EQ(fact_data_note(Json::object(), fact_recipe({}, WorldSet::kTestOod)), "");
}

}  // namespace
}  // namespace recombine
