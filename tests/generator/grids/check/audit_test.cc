// Leaks that are planted into a split are found, and what chance gives is not called a leak.

#include "generator/grids/check/audit.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "generator/grids/check/verify.h"
#include "generator/grids/split/split_run.h"
#include "generator/verify.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/check/images.h"
#include "tests/generator/grids/check/stored_grids.h"

namespace recombine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A split of generated episodes into which a test plants something.
class PlantedLeaks : public testing::Test {
 protected:
  void SetUp() override { make_split({}); }

  void make_split(const SplitConfig& config) {
    if (!std::filesystem::exists(folder_ / "data")) write_grids(folder_ / "data", 300, "counter");
    split_data_set(folder_ / "data", folder_ / "split", config, true, true);
    train_ = stored_episodes(folder_ / "split/train");
  }

  void plant(const std::string& set, const std::function<void(Episode&)>& change) const {
    rewrite_set(folder_ / "split" / set,
                [&](std::vector<Episode>& episodes) { change(episodes.at(1)); });
  }

  /// Episode 1 of the set becomes this one, under its own id and with its own grammar.
  void plant_image(const std::string& set, const Change& change) const {
    plant(set, [&](Episode& episode) {
      const Episode image = image_of(train_.at(4), change);
      episode.study = image.study;
      episode.queries = image.queries;
    });
  }

  std::vector<Check> checks() const {
    const auto folder = folder_ / "split";
    const auto names = data_set_names(folder);
    std::vector<Check> found;
    const RunCheck run = [&](const std::string& name, const std::function<std::string()>& check) {
      try {
        found.push_back({name, true, check()});
      } catch (const DataError& error) {
        found.push_back({name, false, error.what()});
      }
      return found.back().ok;
    };
    for (const GeneratedFamily& family : generated_families()) {
      if (family.folder_file == "split.json")
        family.check_folder(folder, names, {.all = true, .quiet = true}, run);
    }
    return found;
  }

  /// Names of the checks that fail, but for split.json, which tells of any change at all.
  std::vector<std::string> failures() const {
    std::vector<std::string> failed;
    for (const Check& check : checks()) {
      if (!check.ok && check.name != "split.json") failed.push_back(check.name);
    }
    return failed;
  }

  std::string detail(const std::string& name) const {
    for (const Check& check : checks()) {
      if (check.name == name) return check.detail;
    }
    return "no such check";
  }

  TemporaryFolder folder_;
  std::vector<Episode> train_;
};

TEST_F(PlantedLeaks, AreNoneInASplitAsItIsMade) {
  EXPECT_THAT(failures(), IsEmpty());
  EXPECT_THAT(detail("overlap: images"), HasSubstr("none of 300 is one of another set"));
  EXPECT_THAT(detail("overlap: queries"), HasSubstr("none of 3000 is asked in two sets"));
  EXPECT_THAT(detail("near-duplicates"), HasSubstr("0 pairs of episodes of two sets"));
}

TEST_F(PlantedLeaks, AreNoneInSplitsOfOtherOptions) {
  SplitConfig published;
  published.protocol = "published";
  published.min_func_examples = 0;
  SplitConfig few;
  few.primitives = 0;
  few.compositions = 0;
  few.few_shots = 1;
  few.queries = 1;
  SplitConfig shuffled;
  shuffled.shuffle_study = true;
  shuffled.seed = 7;
  for (const SplitConfig& config : {published, few, shuffled}) {
    make_split(config);
    EXPECT_THAT(failures(), IsEmpty());
  }
}

TEST_F(PlantedLeaks, OfImagesAreFoundInEverySet) {
  const Change mirrored = {.symmetry = 1};
  const Change turned = {.symmetry = 5};
  const Change recoloured = {.colours = kNextColours};
  const Change reordered = {.reversed = true};
  const Change all = {6, kNextColours, true};
  for (const Change& change : {mirrored, turned, recoloured, reordered, all}) {
    for (const char* set : {"val_id", "test_ood"}) {
      make_split({});
      plant_image(set, change);
      EXPECT_THAT(failures(), testing::Contains("overlap: images")) << set;
      EXPECT_THAT(detail("overlap: images"), HasSubstr("train: " + train_.at(4).id + " and "));
    }
  }
}

TEST_F(PlantedLeaks, AreFoundInSetsThatNoFileCallsASplit) {
  // As where each set was imported by itself.
  const auto failed = [&] {
    std::vector<std::string> names;
    for (const Check& check : verify_folder(folder_ / "split", {.all = true, .quiet = true})) {
      if (!check.ok && check.name.find(": regeneration") == std::string::npos)
        names.push_back(check.name);
    }
    return names;
  };
  SplitConfig config;
  config.axis = {"colour"};  // by which no triplet is held out
  make_split(config);
  std::filesystem::remove(folder_ / "split/split.json");
  EXPECT_THAT(failed(), IsEmpty());
  plant_image("test_ood", {.symmetry = 1});
  EXPECT_THAT(failed(), testing::Contains("overlap: images"));
}

TEST_F(PlantedLeaks, OfOneQueryWithItsGrammarAreFound) {
  // New study pairs of the same rules would be so: the rules of a trained episode, its query.
  plant("test_id", [&](Episode& episode) {
    episode.grammar = train_.at(4).grammar;
    episode.study.clear();
    episode.queries.at(2) = train_.at(4).queries.at(7);
  });
  EXPECT_THAT(failures(), ElementsAre("overlap: queries"));
  EXPECT_THAT(detail("overlap: queries"), HasSubstr("with the same rules"));
}

TEST_F(PlantedLeaks, OfOneQueryAmongOthersAreFound) {
  for (const char* set : {"val_id", "test_id", "val_ood", "test_ood"}) {
    make_split({});
    plant(set, [&](Episode& episode) { episode.queries.at(9) = train_.at(3).queries.at(0); });
    EXPECT_THAT(failures(), ElementsAre("overlap: queries")) << set;
    EXPECT_THAT(detail("overlap: queries"), HasSubstr("study pairs do not give its answer"));
  }
}

TEST_F(PlantedLeaks, OfAQueryThatIsShownAsAPairAreFound) {
  SplitConfig config;
  config.few_shots = 3;
  config.queries = 5;
  make_split(config);
  EXPECT_THAT(failures(), IsEmpty());
  plant("test_id", [&](Episode& episode) {
    episode.grammar = train_.at(4).grammar;
    episode.queries.at(2) = train_.at(4).study.back();
  });
  EXPECT_THAT(failures(), testing::Contains("overlap: queries"));
}

TEST_F(PlantedLeaks, AreCountedWhereEpisodesAreNearlyTheSame) {
  plant_image("test_ood", {.symmetry = 3, .colours = kNextColours});
  plant("test_ood", [](Episode& episode) {
    episode.queries.pop_back();
    episode.study.at(0) = episode.study.at(1);
  });
  EXPECT_THAT(failures(), testing::Not(testing::Contains("overlap: images")));
  EXPECT_THAT(detail("near-duplicates"), HasSubstr("1 pairs of episodes of two sets"));
}

TEST_F(PlantedLeaks, AreCountedWhereAGrammarIsInTwoSets) {
  plant("val_id", [&](Episode& episode) { episode.grammar = train_.at(4).grammar; });
  EXPECT_THAT(detail("near-duplicates"), HasSubstr("1 grammars are in two sets"));
}

TEST_F(PlantedLeaks, AreNotWhatChanceGives) {
  // Two episodes of other rules may well ask one question on boards this small.
  GridConfig grids;
  grids.side = 5;
  grids.queries = 2;
  grids.max_shape_size = 2;
  SplitConfig config;
  config.queries = 2;
  write_grids(folder_ / "small", 3000, "counter", grids);
  split_data_set(folder_ / "small", folder_ / "split", config, true, true);
  EXPECT_THAT(failures(), IsEmpty());
  EXPECT_THAT(detail("overlap: queries"), testing::Not(HasSubstr(" 0 with any answer")));
}

TEST_F(PlantedLeaks, AreFoundWhateverTheThreads) {
  plant_image("test_ood", {.symmetry = 4});
  const auto names = data_set_names(folder_ / "split");
  std::vector<std::string> texts;
  for (const int threads : {1, 3}) {
    SplitAudit audit(folder_ / "split", names, {true, true, threads});
    texts.push_back(audit.count_near_duplicates() +
                    message_of<DataError>([&] { audit.check_episodes(); }));
  }
  EXPECT_EQ(texts[0], texts[1]);
}

}  // namespace
}  // namespace recombine
