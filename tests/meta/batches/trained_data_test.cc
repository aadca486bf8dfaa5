#include "meta/batches/trained_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "generator/facts/recipe.h"
#include "meta/run/open_run.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

using testing::HasSubstr;

TEST(GridDataNote, CountsEpisodesOfTrainedTriplets) {
  const TemporaryFolder folder;
  const std::vector<Episode> trained = small_episodes(12);
  std::vector<Episode> asked = small_episodes(5, FreshUse::kValidateOod);
  const Json run = {{"triplets", triplets_of(write_set(folder / "train", trained))}};
  EXPECT_EQ(grid_data_note(run, write_set(folder / "held-out", asked), "test_ood"), "");
  asked[1].grammar = trained[0].grammar;
  asked[4].grammar = trained[3].grammar;
  const EpisodeSet mixed = write_set(folder / "mixed", asked);
  EXPECT_EQ(grid_data_note(run, mixed, "test_ood"),
            "2 of 5 episodes of test_ood combine rules that the run was trained on together");
  EXPECT_EQ(grid_data_note(run, mixed, "test_id"), "");
  EXPECT_EQ(grid_data_note(Json::object(), mixed, "test_ood"), "");
}

TEST(GridDataNote, KnowsWhatFreshEpisodesTrain) {
  const TemporaryFolder folder;
  TrainConfig config;
  config.validate_items = 1;
  DataRequest request{"fresh", small_grids(), small_split(), {}};
  request.model.name = "fast";
  const Json source = open_run(request, config, torch::kCPU).source;
  const EpisodeSet seen = write_set(folder / "seen", small_episodes(3));
  EXPECT_THAT(grid_data_note(source, seen, "val_ood"), HasSubstr("3 of 3 episodes"));
  const EpisodeSet held_out =
      write_set(folder / "held-out", small_episodes(3, FreshUse::kValidateOod));
  EXPECT_EQ(grid_data_note(source, held_out, "val_ood"), "");
}

TEST(GridDataNote, SaysNothingOfRulesThatAreNotKnown) {
  const TemporaryFolder folder;
  std::vector<Episode> episodes = small_episodes(2);
  for (Episode& episode : episodes) episode.grammar = {};
  const EpisodeSet set = write_set(folder / "imported", episodes);
  const Json run = {{"triplets", triplets_of(set)}};
  EXPECT_EQ(run["triplets"], Json::array());
  EXPECT_EQ(grid_data_note(run, set, "test_ood"), "");
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
