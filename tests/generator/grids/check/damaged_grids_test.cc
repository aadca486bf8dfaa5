// What the checks of grids find in sets that are damaged under good checksums, and what they must
// not call damaged.

#include <algorithm>
#include <csignal>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "generator/grids/check/regenerate.h"
#include "generator/grids/check/verify.h"
#include "generator/grids/split/split_run.h"
#include "generator/verify.h"
#include "tests/data/formats/episode.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/check/stored_grids.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// The grid with a cell of a colour that it does not have: no rule gives it.
Grid spoilt(Grid grid) {
  Colour fresh = 1;
  while (std::ranges::count(grid.cells(), fresh) > 0) ++fresh;
  *std::ranges::find(grid.cells(), Colour{0}) = fresh;
  return grid;
}

void spoil_query(Episode& episode) {
  episode.queries.at(2).output = spoilt(episode.queries.at(2).output);
}

class DamagedGrids : public testing::Test {
 protected:
  fs::path place(const char* name) const { return folder_ / name; }

  /// The first check of that name.
  Check check(const char* name, const std::string& check_name) const {
    for (const Check& found : verify_folder(place(name), {true, true})) {
      if (found.name == check_name) return found;
    }
    return {check_name, false, "was not made"};
  }

  void split(const char* data, const char* out, const SplitConfig& config) const {
    split_data_set(place(data), place(out), config, false, true);
  }

  /// What regeneration says of a set that it cannot make.
  std::string regeneration_of(const char* set) const {
    return check_episodes(EpisodeSet(place(set)), {true, true});
  }

  TemporaryFolder folder_;
};

/// Sets whose study pairs leave several answers.
class AmbiguousGrids : public DamagedGrids {
 protected:
  void SetUp() override {
    write_grids(place("data"), 400, "counter");
    SplitConfig config;
    config.primitives = 1;
    config.compositions = 0;
    split("data", "split", config);
  }
};

TEST_F(AmbiguousGrids, AreNotDamaged) {
  std::string details;
  for (const Check& found : verify_folder(place("split"), {true, true})) {
    EXPECT_TRUE(found.ok) << found.name << ": " << found.detail;
    details += found.detail + "\n";
  }
  EXPECT_THAT(details, HasSubstr("have more than one answer, the recorded one among them"));
}

TEST_F(AmbiguousGrids, AreDamagedWhereNoRuleGivesAnOutput) {
  rewrite_set(place("split/train"), [](std::vector<Episode>& list) { spoil_query(list.at(5)); });
  const Check answers = check("split/train", "answers");
  EXPECT_FALSE(answers.ok);
  EXPECT_THAT(answers.detail, HasSubstr(": the recorded output of 1 of 10 queries is none that the "
                                        "rules of its study pairs give"));
}

TEST_F(DamagedGrids, AreNotWhatTheirRecipeGives) {
  for (const char* stream : {"counter", "published"}) {
    write_grids(place(stream), 12, stream);
    EXPECT_TRUE(check(stream, "regeneration").ok);
    rewrite_set(place(stream), [](std::vector<Episode>& list) { spoil_query(list.at(7)); });
    EXPECT_TRUE(check(stream, "digest").ok);
    const Check regeneration = check(stream, "regeneration");
    EXPECT_FALSE(regeneration.ok);
    EXPECT_THAT(regeneration.detail, HasSubstr(": e7 is not what its recipe gives"));
  }
}

TEST_F(DamagedGrids, HaveATextWhereNoEpisodeIsMadeAgain) {
  write_grids(place("data"), 60, "counter");
  SplitConfig config;
  split("data", "split", config);
  EXPECT_THAT(regeneration_of("split/train"), HasSubstr("episodes made again, equal"));
  split("split/train", "again", config);
  EXPECT_THAT(regeneration_of("again/train"), HasSubstr("a split of a split"));
  config.shuffle_study = true;
  split("data", "shuffled", config);
  EXPECT_THAT(regeneration_of("shuffled/train"), HasSubstr("study pairs are shuffled"));
  write_set(place("import"), stored_episodes(place("data")), import_recipe());
  EXPECT_EQ(regeneration_of("import"), "not made from a recipe: nothing to compare with");
  config.shuffle_study = false;
  split("import", "split-import", config);
  EXPECT_THAT(regeneration_of("split-import/train"),
              HasSubstr("a split of a set that is not made from a recipe"));
}

TEST_F(DamagedGrids, AreFoundInImportsOfAnyRules) {
  GridConfig grids;
  grids.types = {"translation", "mirror", "rotation", "remove", "reshape"};
  grids.parameters = {"translation.step_size=2|-3"};
  write_grids(place("data"), 40, "counter", grids);
  std::vector<Episode> episodes = stored_episodes(place("data"));
  write_set(place("whole"), episodes, import_recipe());
  const Check whole = check("whole", "answers");
  EXPECT_TRUE(whole.ok) << whole.detail;
  EXPECT_THAT(whole.detail, HasSubstr("queries of 40 episodes solved"));
  spoil_query(episodes.at(3));
  write_set(place("spoilt"), episodes, import_recipe());
  EXPECT_THAT(check("spoilt", "answers").detail, HasSubstr("e3: the recorded output of 1 of 14"));
  episodes.at(3).grammar.shape_rule().type = "shear";
  write_set(place("unknown"), episodes, import_recipe());
  const Check unknown = check("unknown", "answers");
  EXPECT_TRUE(unknown.ok) << unknown.detail;
  EXPECT_THAT(unknown.detail, HasSubstr("39 episodes solved"));
  EXPECT_THAT(unknown.detail, HasSubstr("; the rules of 1 episodes are not known"));
}

TEST_F(DamagedGrids, AreNotImportsWithObjectsThatNoRuleMoves) {
  GridConfig grids;
  grids.bystanders = "0..2";
  write_grids(place("data"), 60, "counter", grids);
  std::vector<Episode> episodes = stored_episodes(place("data"));
  write_set(place("import"), episodes, import_recipe());
  const Check answers = check("import", "answers");
  EXPECT_TRUE(answers.ok) << answers.detail;
  EXPECT_THAT(answers.detail, HasSubstr("840 queries of 60 episodes solved"));
  for (Episode& episode : episodes) {  // as carc, which does not say colours and shapes
    episode.grammar.role_colour = 0;
    for (Indicator& indicator : episode.grammar.indicators) indicator.colour = 0;
  }
  write_set(place("carc"), episodes, import_recipe());
  EXPECT_THAT(check("carc", "answers").detail, HasSubstr("840 queries of 60 episodes solved"));
  spoil_query(episodes.at(3));
  write_set(place("spoilt"), episodes, import_recipe());
  EXPECT_THAT(check("spoilt", "answers").detail, HasSubstr("e3: the recorded output of 1 of 14"));
}

TEST_F(DamagedGrids, AreNotImportsWithTwoRulesOfOneType) {
  GridConfig grids;
  grids.fixed_rules = true;
  write_grids(place("static"), 8, "published", grids);
  write_set(place("import"), stored_episodes(place("static")), import_recipe());
  const Check answers = check("import", "answers");
  EXPECT_TRUE(answers.ok) << answers.detail;
  EXPECT_THAT(answers.detail, HasSubstr("112 queries of 8 episodes solved"));
}

/// A split of three sets with an episode each.
class OverlapOfSets : public testing::Test {
 protected:
  void SetUp() override {
    other_.id = "other";
    other_.queries.pop_back();
    held_out_.id = "held";
    held_out_.grammar.shape_rule() = {"mirror", {{"direction", "x"}}};
  }

  /// What is wrong with the three.
  std::string overlap() const {
    write_set(folder_ / "train", {trained_}, import_recipe());
    write_set(folder_ / "val_id", {other_}, import_recipe());
    write_set(folder_ / "test_ood", {held_out_}, import_recipe());
    write_file(folder_ / "split.json", "{}");
    return message_of<DataError>([&] {
      check_split(folder_.path(), {"train", "val_id", "test_ood"});
    });
  }

  TemporaryFolder folder_;
  Episode trained_ = small_episode();
  Episode other_ = small_episode();
  Episode held_out_ = small_episode();
};

TEST_F(OverlapOfSets, IsNoneOfAGoodSplit) { EXPECT_EQ(overlap(), "nothing thrown"); }

TEST_F(OverlapOfSets, IsATripletHeldOutAndTrained) {
  held_out_.grammar = trained_.grammar;
  EXPECT_THAT(overlap(), HasSubstr(": grow+set_color+translation is held out and trained"));
}

TEST_F(OverlapOfSets, IsAnIdInTwoSets) {
  other_.id = trained_.id;
  EXPECT_THAT(overlap(), HasSubstr(": e0 is in train and in val_id"));
}

TEST_F(OverlapOfSets, IsOneEpisodeWithTwoIds) {
  other_ = trained_;
  other_.id = "other";
  EXPECT_THAT(overlap(), HasSubstr(": 1 episodes are equal across sets"));
}

TEST(RegeneratorDeathTest, ListensWhileItMakesTheEpisodesBefore) {
  GridRunConfig run;
  run.episodes = 6;
  run.stream = "published";
  Json recipe = make_grid_source({}, run)->recipe();
  recipe["count"] = run.episodes;
  const auto regenerator = make_regenerator(recipe);
  Episode last;
  last.id = "e5";
  const auto interrupt = [&] {
    catch_interrupts();
    std::raise(SIGINT);
    try {
      regenerator->record_of(last);
    } catch (const Interrupted&) {
      std::_Exit(7);
    }
    std::_Exit(1);
  };
  EXPECT_EXIT(interrupt(), testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace recombine
