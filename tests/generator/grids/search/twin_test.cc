// Twins: the same inputs, one rule changed, every answer another.

#include "generator/grids/search/twin.h"

#include <bit>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "generator/grids/check/verify.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/solver/certificate.h"
#include "generator/grids/split/split_run.h"
#include "generator/verify.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/check/stored_grids.h"

namespace recombine {
namespace {

using testing::HasSubstr;

GridConfig twins(const std::string& change = "any") {
  GridConfig config;
  config.twins = true;
  config.twin_change = change;
  return config;
}

std::vector<const Rule*> rules_of_episode(const Episode& episode) {
  const Grammar& grammar = episode.grammar;
  return {&grammar.shape_rule(), &grammar.colour_rule(), &grammar.indicator_rule()};
}

/// The rules of the first that the second has otherwise, as they are in both.
std::vector<std::pair<Rule, Rule>> differences(const Episode& a, const Episode& b) {
  std::vector<std::pair<Rule, Rule>> different;
  const auto first = rules_of_episode(a);
  const auto second = rules_of_episode(b);
  for (std::size_t role = 0; role < first.size(); ++role) {
    if (*first[role] != *second[role]) different.emplace_back(*first[role], *second[role]);
  }
  return different;
}

void expect_same_inputs(const std::vector<Example>& a, const std::vector<Example>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].input, b[i].input);
    EXPECT_EQ(a[i].roles, b[i].roles);
  }
}

TEST(Twins, ShowAndAskTheSameAndDifferInOneRule) {
  const EpisodeMaker maker(twins(), 5);
  std::map<bool, int> kinds;
  for (std::uint64_t number = 0; number < 100; ++number) {
    const Episode one = maker.make(2 * number);
    const Episode other = maker.make(2 * number + 1);
    EXPECT_EQ(one.id, cat("e", number));
    EXPECT_EQ(other.id, cat("e", number, "t"));
    expect_same_inputs(one.study, other.study);
    expect_same_inputs(one.queries, other.queries);
    const auto changed = differences(one, other);
    ASSERT_EQ(changed.size(), 1U) << one.id;
    ++kinds[changed.front().first.type == changed.front().second.type];
    std::set<std::string> types;
    for (const Rule* rule : rules_of_episode(other)) types.insert(rule->type);
    EXPECT_EQ(types.size(), 3U) << "three types, as in every episode";
    EXPECT_NE(one.study, other.study) << "the study pairs show the change";
    for (std::size_t query = 0; query < one.queries.size(); ++query)
      EXPECT_NE(one.queries[query].output, other.queries[query].output) << one.id;
  }
  EXPECT_GT(kinds[true], 20) << "parameters";
  EXPECT_GT(kinds[false], 20) << "types";
}

TEST(Twins, AreWhatTheSolverFinds) {
  const EpisodeMaker maker(twins(), 6);
  for (std::uint64_t index = 0; index < 60; ++index) {
    const Determination found = determine(maker.make(index), published_rules());
    EXPECT_EQ(found.solved, 14) << index;
    EXPECT_TRUE(found.unique()) << index;
  }
}

TEST(Twins, ChangeWhatTheyAreAskedTo) {
  for (const char* change : {"parameter", "type"}) {
    const EpisodeMaker maker(twins(change), 7);
    for (std::uint64_t number = 0; number < 30; ++number) {
      const auto changed = differences(maker.make(2 * number), maker.make(2 * number + 1));
      ASSERT_EQ(changed.size(), 1U);
      EXPECT_EQ(changed[0].first.type == changed[0].second.type,
                std::string(change) == "parameter");
    }
  }
}

TEST(Twins, AskForTheChangedRuleWhereQueriesNeedFewer) {
  for (const char* change : {"any", "order"}) {
    GridConfig config = twins(change);
    if (config.twin_change == "order") config.order = "episode";
    config.query_depth = {"2"};
    config.queries = 5;
    const EpisodeMaker maker(config, 11);
    for (std::uint64_t number = 0; number < 8; ++number) {
      const Episode one = maker.make(2 * number);
      const Episode other = maker.make(2 * number + 1);
      expect_same_inputs(one.queries, other.queries);
      for (std::size_t query = 0; query < one.queries.size(); ++query) {
        EXPECT_EQ(std::popcount(unsigned{one.queries[query].roles}), 2);
        EXPECT_NE(one.queries[query].output, other.queries[query].output) << change << one.id;
      }
    }
  }
}

TEST(Twins, ArePureAndAsThePlainLoopFindsThem) {
  const EpisodeMaker maker(twins(), 8);
  const Episode before = maker.make(9, 2);
  for (std::uint64_t index = 0; index < 24; ++index)
    EXPECT_EQ(maker.make(index), maker.make_plainly(index)) << index;
  EXPECT_EQ(EpisodeMaker(twins(), 8).make(9, 2), before);
  EXPECT_NE(maker.make(9).queries, before.queries);
}

TEST(Twins, AreBothCertified) {
  GridConfig config = twins();
  config.two_rule_pairs = 0;
  config.queries = 4;
  config.certify = true;
  config.certify_order = "any";
  config.certify_pairs = 1;
  const EpisodeMaker maker(config, 9);
  const Certificate certificate(config);
  for (std::uint64_t index = 0; index < 40; ++index)
    EXPECT_TRUE(certificate.holds_for_first_pairs(maker.make(index))) << index;
}

TEST(Twins, HaveIdsThatNameEachOther) {
  EXPECT_EQ(twin_id("e12"), "e12t");
  EXPECT_EQ(twin_id("e12t"), "e12");
  for (const char* other : {"", "e", "et", "12", "e1x", "e12tt", "tote", "e1.4"})
    EXPECT_EQ(twin_id(other), std::nullopt) << other;
}

TEST(Twins, AreNoOptionOfThePublishedStreamAndComeInPairs) {
  GridRunConfig run;
  run.episodes = 4;
  run.stream = "published";
  EXPECT_THROW(make_grid_source(twins(), run), InputError);
  run.stream = "counter";
  EXPECT_NO_THROW(make_grid_source(twins(), run));
  run.shards = 3;
  EXPECT_THROW(make_grid_source(twins(), run), InputError);
  run.shards = 1;
  run.episodes = 5;
  EXPECT_THROW(make_grid_source(twins(), run), InputError);
  GridConfig alone;
  alone.twin_change = "type";
  EXPECT_THROW(alone.validate(), InputError);
}

/// Twins on disk.
class StoredTwins : public testing::Test {
 protected:
  Manifest write(const std::string& name, int shards, int threads, int only = -1) const {
    GridRunConfig run;
    run.episodes = kEpisodes;
    run.shards = shards;
    WriteOptions options{folder_ / name, kEpisodes, shards, only, threads, false, false, true};
    return write_data_set(*make_grid_source(few_grammars(), run), options).value_or(Manifest{});
  }

  static constexpr std::uint64_t kEpisodes = 1200;

  /// So few different grammars that some are drawn twice.
  static GridConfig few_grammars() {
    GridConfig config = twins("parameter");
    config.min_shape_size = 2;
    config.max_shape_size = 2;
    config.queries = 2;
    config.types = {"translation", "set_color", "grow"};
    config.parameters = {"set_color.new_color=1", "grow.direction=-x"};
    return config;
  }

  std::string failures(const std::string& name) const {
    std::string text;
    for (const Check& check : verify_folder(folder_ / name, {true, true, 1})) {
      if (!check.ok) text += check.name + ": " + check.detail + "\n";
    }
    return text;
  }

  TemporaryFolder folder_;
};

TEST_F(StoredTwins, AreMadeAnewTogetherWhereAGrammarIsTaken) {
  const Manifest whole = write("whole", 1, 2);
  int again = 0;
  const EpisodeSet set(folder_ / "whole");
  for (std::size_t i = 0; i < set.size(); i += 2) {
    EXPECT_EQ(set[i].attempt, set[i + 1].attempt);
    again += set[i].attempt > 0 ? 1 : 0;
  }
  EXPECT_GT(again, 0) << "the options are to give some grammars twice";
  EXPECT_EQ(failures("whole"), "");
  EXPECT_EQ(write("shards", 3, 1).digest, whole.digest);
  for (const int shard : {2, 0}) write("one by one", 3, 2, shard);
  EXPECT_EQ(write("one by one", 3, 2, 1).digest, whole.digest);
}

TEST_F(StoredTwins, StayTogetherInASplit) {
  write_grids(folder_ / "all", 600, "counter", twins());
  SplitConfig config;
  config.shuffle_study = true;
  const Json split = split_data_set(folder_ / "all", folder_ / "split", config, false, true);
  std::uint64_t kept = 0;
  for (const auto& [name, set] : split.at("sets").items()) {
    const EpisodeSet episodes(folder_ / "split" / name);
    kept += episodes.size();
    for (std::size_t i = 0; i < episodes.size(); i += 2) {
      ASSERT_EQ(twin_id(episodes[i].id), episodes[i + 1].id);
      expect_same_inputs(episodes[i].study, episodes[i + 1].study);
    }
  }
  const auto apart = split.at("twins_apart").get<std::uint64_t>();
  EXPECT_GT(apart, 0U) << "of some, one is trained and one held out";
  EXPECT_EQ(kept + apart, 600U);
  EXPECT_EQ(failures("split"), "");
}

TEST_F(StoredTwins, AreMissedByVerifyWhereTheyAreNone) {
  write("set", 1, 1);
  const auto damaged = [&](const std::function<void(std::vector<Episode>&)>& change) {
    std::filesystem::remove_all(folder_ / "copy");
    std::filesystem::copy(folder_ / "set", folder_ / "copy");
    rewrite_set(folder_ / "copy", change);
    return failures("copy");
  };
  EXPECT_THAT(damaged([](auto& all) { std::swap(all[1], all[3]); }),
              HasSubstr("its twin does not stand behind it"));
  EXPECT_THAT(damaged([](auto& all) { std::swap(all[3].study[0], all[3].study[1]); }),
              HasSubstr("do not show and ask the same inputs"));
  EXPECT_THAT(damaged([](auto& all) { all[3].grammar = all[2].grammar; }),
              HasSubstr("differ in 0 rules"));
  EXPECT_THAT(damaged([](auto& all) { all[3].queries[1].output = all[2].queries[1].output; }),
              HasSubstr("query 1 has the same answer in both"));
}

}  // namespace
}  // namespace recombine
