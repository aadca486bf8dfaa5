// The static data and its split.

#include <array>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/codec.h"
#include "data/storage/dataset.h"
#include "generator/grids/check/verify.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/search/published.h"
#include "generator/grids/solver/solver.h"
#include "generator/grids/split/split_run.h"
#include "generator/grids/split/static_split.h"
#include "generator/remake.h"
#include "generator/verify.h"
#include "generator/writer/writer.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/check/stored_grids.h"
#include "tests/generator/grids/split/static_oracle.h"

namespace recombine {
namespace {

using testing::HasSubstr;

GridConfig static_config() {
  GridConfig config;
  config.fixed_rules = true;
  return config;
}

std::vector<Episode> static_episodes(std::uint64_t seed = 1860) {
  PublishedMaker maker(static_config(), seed);
  std::vector<Episode> episodes;
  episodes.reserve(8);
  for (int i = 0; i < 8; ++i) episodes.push_back(maker.next());
  return episodes;
}

std::vector<Example> pairs_of(const Episode& episode) {
  std::vector<Example> pairs = episode.study;
  pairs.insert(pairs.end(), episode.queries.begin(), episode.queries.end());
  return pairs;
}

TEST(StaticData, DrawsInTheOrderOfASlowOracle) {
  for (const std::uint64_t seed : {1860U, 1U, 77U}) {
    oracle::StaticOracle slow(seed);
    for (const Episode& episode : static_episodes(seed)) {
      const auto expected = slow.next();
      const auto pairs = pairs_of(episode);
      ASSERT_EQ(pairs.size(), 38U);
      for (std::size_t i = 0; i < pairs.size(); ++i) {
        EXPECT_EQ(pairs[i].input, expected[i].first) << seed << " " << episode.id << " " << i;
        EXPECT_EQ(pairs[i].output, expected[i].second) << seed << " " << episode.id << " " << i;
      }
    }
  }
}

TEST(StaticData, HasAnEpisodeForEachCombination) {
  std::vector<std::string> rules;
  for (const Episode& episode : static_episodes()) {
    const Grammar& grammar = episode.grammar;
    rules.push_back(to_text(grammar.shape_rule()) + ", " + to_text(grammar.colour_rule()) + ", " +
                    to_text(grammar.indicator_rule()));
    EXPECT_EQ(episode.study.size(), 24U);
    EXPECT_EQ(episode.queries.size(), 14U);
  }
  EXPECT_EQ(rules[0],
            "grow direction=-y, rotation rotation_type=0, translation direction=x step_size=1");
  EXPECT_EQ(rules[1], "grow direction=-y, rotation rotation_type=0, grow direction=-x");
  EXPECT_EQ(rules[2], "grow direction=-y, mirror direction=x, translation direction=x step_size=1");
  EXPECT_EQ(rules[7], "translation direction=y step_size=1, mirror direction=x, grow direction=-x");
  EXPECT_EQ(std::set(rules.begin(), rules.end()).size(), 8U);
}

/// The object's colour in an input: what is not the indicator's.
int colour_of(const Example& pair, int indicator) {
  int found = 0;
  for (const Colour colour : pair.input.cells()) {
    if (colour != 0 && colour != indicator) found = colour;
  }
  return found;
}

/// The object's shape in an input.
std::string shape_of(const Example& pair, int indicator) {
  Cells cells;
  for (int row = 0; row < pair.input.side(); ++row) {
    for (int col = 0; col < pair.input.side(); ++col) {
      const int colour = pair.input(row, col);
      if (colour != 0 && colour != indicator)
        cells.insert({static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)});
    }
  }
  return shape_text(cells);
}

TEST(StaticData, TriggersExactlyTheRolesOfASection) {
  const std::array<std::string, 2> shapes = {"00010212", "0110112021"};
  for (const Episode& episode : static_episodes()) {
    std::set<std::string> asked;
    for (const Example& query : episode.queries)
      asked.emplace(query.input.cells().begin(), query.input.cells().end());
    EXPECT_EQ(asked.size(), 14U) << "no query twice";
    const int indicator = episode.grammar.indicators[0].colour;
    for (const Example& pair : pairs_of(episode)) {
      const bool present =
          std::ranges::count(pair.input.cells(), static_cast<Colour>(indicator)) == 1;
      EXPECT_EQ(present, (pair.roles & kIndicatorRole) != 0);
      const std::string shape = shape_of(pair, indicator);
      if ((pair.roles & kShapeRole) != 0) {
        EXPECT_EQ(shape, episode.grammar.role_shape);
      } else {
        EXPECT_THAT(shapes, testing::Not(testing::Contains(shape)));
      }
      const int colour = colour_of(pair, indicator);
      if ((pair.roles & kColourRole) != 0) {
        EXPECT_EQ(colour, episode.grammar.role_colour);
      } else {
        EXPECT_THAT((std::array{4, 5, 7, 8, 9}), testing::Contains(colour));
      }
    }
  }
}

TEST(StaticData, IsSolvedWithTwoRulesOfOneType) {
  const RuleSpace rules = rules_of(static_config());
  for (const Episode& episode : static_episodes())
    EXPECT_EQ(determine(episode, rules).solved, 14) << episode.id;
  EXPECT_EQ(determine(static_episodes()[1], published_rules()).programs, 0)
      << "grow and grow is not among the published programs";
}

TEST(StaticData, LeavesNoOtherChoice) {
  GridConfig config = static_config();
  config.side = 12;
  EXPECT_THROW(config.validate(), InputError);
  PublishedMaker maker(static_config(), 1860);
  for (int i = 0; i < 8; ++i) maker.next();
  EXPECT_THROW(maker.next(), InputError);
  GridRunConfig run;
  run.episodes = 8;
  EXPECT_THROW(make_grid_source(static_config(), run), InputError) << "not of the counter stream";
  EXPECT_THROW(EpisodeMaker(static_config(), 1860), InputError);
}

SplitConfig published_split(std::uint64_t seed = 1860) {
  SplitConfig config;
  config.protocol = "published";
  config.seed = seed;
  return config;
}

TEST(StaticSplit, MakesAnItemOfEveryPair) {
  const auto episodes = static_episodes();
  const StaticSplit split = split_static(episodes, published_split());
  EXPECT_EQ(split.train.size(), 7U * 38 + 24);
  EXPECT_EQ(split.test.size(), 14U);
  ASSERT_EQ(split.held_out.size(), 1U);
  std::set<std::string> ids;
  for (const auto* items : {&split.train, &split.test}) {
    for (const Episode& item : *items) {
      ids.insert(item.id);
      EXPECT_TRUE(item.study.empty());
      EXPECT_EQ(item.queries.size(), 1U);
    }
  }
  EXPECT_EQ(ids.size(), 304U);
  for (const Episode& item : split.test) EXPECT_EQ(item.queries[0].roles, kAllRoles);
  EXPECT_TRUE(split.test[0].id.starts_with(split.held_out[0] + ".24"));
}

TEST(StaticSplit, HoldsOutTheLastOfTheShuffledEpisodes) {
  // CPython 3.11: random.seed(S); order = list(range(8)); random.shuffle(order).
  std::vector<int> order = {0, 1, 2, 3, 4, 5, 6, 7};
  CPythonRandom random(1870);
  for (std::size_t i = 7; i >= 1; --i)
    std::swap(order[i], order[random.below(static_cast<std::uint32_t>(i + 1))]);
  const StaticSplit split = split_static(static_episodes(), published_split(1870));
  EXPECT_EQ(split.held_out[0], "e" + std::to_string(order[7]));
  EXPECT_EQ(split.trained[0], "e" + std::to_string(order[0]));
  EXPECT_EQ(split.train[0].id, split.trained[0] + ".0");
}

class StaticFolder : public testing::Test {
 protected:
  void SetUp() override { write_grids(folder_ / "data", 8, "published", static_config()); }

  Json split() {
    return split_data_set(folder_ / "data", folder_ / "split", published_split(), false, true);
  }

  /// What fails of the checks of a folder.
  std::vector<std::string> failures_of(const std::string& name) {
    std::vector<std::string> failures;
    for (const Check& check : verify_folder(folder_ / name, {true, true})) {
      if (!check.ok) failures.push_back(check.name + ": " + check.detail);
    }
    return failures;
  }

  TemporaryFolder folder_;
};

TEST_F(StaticFolder, HasTheThreeSetsOfThePublishedSplit) {
  const Json json = split();
  EXPECT_EQ(json.at("static"), true);
  EXPECT_EQ(json.at("sets").at("train").at("count"), 290);
  EXPECT_EQ(json.at("sets").at("val_ood"), json.at("sets").at("test_ood"));
  EXPECT_EQ(EpisodeSet(folder_ / "split/test_ood").size(), 14U);
  EXPECT_THAT(failures_of("data"), testing::IsEmpty());
  EXPECT_THAT(failures_of("split"), testing::IsEmpty());
}

TEST_F(StaticFolder, IsDamagedWhereTrainingHasWhatIsHeldOut) {
  split();
  const Episode asked = EpisodeSet(folder_ / "split/test_ood")[0];
  const auto overlap_with = [&](const std::string& id) {
    rewrite_set(folder_ / "split/train", [&](std::vector<Episode>& items) {
      items.resize(290);
      items.push_back(asked);
      items.back().id = id;
    });
    return message_of<DataError>([&] {
      check_split(folder_ / "split", {"train", "val_ood", "test_ood"});
    });
  };
  EXPECT_THAT(overlap_with(asked.id), HasSubstr(asked.id + " is in train and in test_ood"));
  const std::string other = asked.id.substr(0, asked.id.find('.')) + ".99";
  EXPECT_THAT(overlap_with(other), HasSubstr(other + " is of a combination held out, and trained"));
}

TEST_F(StaticFolder, IsDamagedWhereValidationIsNotTheTest) {
  split();
  rewrite_set(folder_ / "split/val_ood", [](std::vector<Episode>& items) { items.pop_back(); });
  EXPECT_THAT(failures_of("split"), testing::Contains(HasSubstr("val_ood is not test_ood")));
}

TEST_F(StaticFolder, IsMadeAgainFromItsRecipe) {
  split();
  const Manifest train = read_manifest(folder_ / "split/train");
  Json recipe = train.recipe;
  WriteOptions options;
  options.folder = folder_ / "again";
  options.quiet = true;
  EXPECT_EQ(remake(recipe, options).digest, train.digest);
}

TEST_F(StaticFolder, HasNoOtherSplit) {
  SplitConfig ours;
  EXPECT_THROW(split_data_set(folder_ / "data", folder_ / "x", ours, false, true), InputError);
  SplitConfig few = published_split();
  few.queries = 5;
  EXPECT_THROW(split_data_set(folder_ / "data", folder_ / "x", few, false, true), InputError);
}

}  // namespace
}  // namespace recombine
