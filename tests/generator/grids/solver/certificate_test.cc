// Certified episodes have one answer to each query, and are made as purely as all others.

#include "generator/grids/solver/certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/split/split_run.h"
#include "generator/verify.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/check/stored_grids.h"

namespace recombine {
namespace {

using testing::HasSubstr;

/// No pair of two rules, so that nothing shows their order and many episodes are ambiguous.
GridConfig hard(bool certify) {
  GridConfig config;
  config.two_rule_pairs = 0;
  config.queries = 4;
  config.certify = certify;
  if (!certify) return config;
  config.certify_order = "any";
  config.certify_sections = "shuffled";
  config.certify_pairs = 1;
  return config;
}

Episode first_pairs(const Episode& episode) {
  SplitConfig one;
  one.primitives = 1;
  one.compositions = 0;
  one.queries = 4;
  return reduce(episode, one);
}

RuleSpace hard_space() {
  RuleSpace space = rules_of(hard(false));
  space.any_order = true;
  space.hidden_sections = true;
  return space;
}

TEST(CertifiedEpisodes, HaveOneAnswerToEachQuery) {
  const EpisodeMaker certified(hard(true), 3);
  for (std::uint64_t index = 0; index < 150; ++index) {
    const Determination sure = determine(first_pairs(certified.make(index)), hard_space());
    EXPECT_EQ(sure.determined, 4) << index;
    EXPECT_EQ(sure.solved, 4) << index;
  }
}

TEST(CertifiedEpisodes, AreOthersWhereThoseOfTheOpenStreamAreNotSure) {
  const EpisodeMaker certified(hard(true), 3);
  const EpisodeMaker open(hard(false), 3);
  int refused = 0;
  for (std::uint64_t index = 0; index < 4000 && refused < 3; ++index) {
    const Episode episode = open.make(index);
    if (determine(first_pairs(episode), hard_space()).unique()) continue;
    ++refused;
    EXPECT_NE(certified.make(index), episode) << index;
    EXPECT_TRUE(determine(first_pairs(certified.make(index)), hard_space()).unique()) << index;
  }
  EXPECT_EQ(refused, 3);
}

TEST(CertifiedEpisodes, AreThoseOfTheOpenStreamWhereThoseAreSure) {
  const Certificate certificate(hard(true));
  const EpisodeMaker certified(hard(true), 3);
  const EpisodeMaker open(hard(false), 3);
  int same = 0;
  for (std::uint64_t index = 0; index < 60; ++index) {
    const Episode episode = open.make(index);
    const bool sure = certificate.holds_for_first_pairs(episode);
    EXPECT_EQ(certified.make(index) == episode, sure) << index;
    same += sure ? 1 : 0;
  }
  EXPECT_GT(same, 5);
  EXPECT_LT(same, 55);
}

TEST(CertifiedEpisodes, DependOnNothingButTheirArguments) {
  const EpisodeMaker maker(hard(true), 3);
  const Episode third = maker.make(3);
  maker.make(1);
  EXPECT_EQ(maker.make(3), third);
  EXPECT_EQ(EpisodeMaker(hard(true), 3).make(3), third);
  EXPECT_EQ(maker.make_plainly(3), third);
}

TEST(Certificates, StandInTheRecipe) {
  GridRunConfig run;
  run.episodes = 5;
  const Json recipe = make_grid_source(hard(true), run)->recipe();
  EXPECT_EQ(recipe.at("options").at("certify"), "true");
  EXPECT_EQ(recipe.at("options").at("certify-order"), "any");
  EXPECT_EQ(recipe.at("options").at("certify-sections"), "shuffled");
  EXPECT_EQ(recipe.at("options").at("certify-pairs"), "1");
  EXPECT_FALSE(make_grid_source({}, run)->recipe().at("options").contains("certify"));
}

TEST(Certificates, AreRefusedWhereTheySayNothing) {
  GridConfig order;
  order.certify_order = "any";
  EXPECT_THAT(message_of<InputError>([&] { order.validate(); }), HasSubstr("add --certify"));
  GridConfig sections;
  sections.certify_sections = "shuffled";
  EXPECT_THAT(message_of<InputError>([&] { sections.validate(); }), HasSubstr("add --certify"));
  GridConfig certify;
  certify.certify = true;
  GridRunConfig published;
  published.episodes = 5;
  published.stream = "published";
  EXPECT_THAT(message_of<InputError>([&] { make_grid_source(certify, published); }),
              HasSubstr("--certify: "));
  certify.certify_order = "some";
  EXPECT_THROW(certify.validate(), InputError);
}

class CertifiedSets : public testing::Test {
 protected:
  void SetUp() override { write_grids(folder_ / "all", 120, "counter", hard(true)); }

  void split(const char* out, int pairs) const {
    SplitConfig config;
    config.primitives = pairs;
    config.compositions = 0;
    config.queries = 3;
    split_data_set(folder_ / "all", folder_ / out, config, false, true);
  }

  /// The checks of that name, of all sets.
  std::vector<Check> certificates(const char* place) const {
    std::vector<Check> found;
    for (const Check& check : verify_folder(folder_ / place, {true, true})) {
      if (check.name.ends_with("certificates")) found.push_back(check);
    }
    return found;
  }

  TemporaryFolder folder_;
};

TEST_F(CertifiedSets, AreProvedAfresh) {
  const auto all = certificates("all");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(all[0].ok) << all[0].detail;
  EXPECT_EQ(all[0].detail,
            "120 of 120 episodes have one answer to every query (any order, sections shuffled, 1 "
            "pairs a section)");
  write_grids(folder_ / "open", 5, "counter", hard(false));
  EXPECT_TRUE(certificates("open").empty());
}

TEST_F(CertifiedSets, AreProvedAfterASplitToo) {
  split("split", 2);
  const auto checks = certificates("split");
  EXPECT_EQ(checks.size(), 5U);
  for (const Check& check : checks) {
    EXPECT_TRUE(check.ok) << check.detail;
    EXPECT_THAT(check.detail, HasSubstr("have one answer to every query"));
  }
}

TEST_F(CertifiedSets, PromiseNothingOfFewerPairs) {
  split("few", 0);
  for (const Check& check : certificates("few")) {
    EXPECT_TRUE(check.ok);
    EXPECT_THAT(check.detail, HasSubstr("for which nothing is promised"));
  }
}

TEST_F(CertifiedSets, AreFoundOutWhereAnEpisodeIsNotSure) {
  rewrite_set(folder_ / "all", [](std::vector<Episode>& episodes) {
    Episode& episode = episodes.at(17);
    episode.study.erase(episode.study.begin() + 1, episode.study.end());
  });
  const auto checks = certificates("all");
  ASSERT_EQ(checks.size(), 1U);
  EXPECT_FALSE(checks[0].ok);
  EXPECT_THAT(checks[0].detail, HasSubstr(": e17 has a query with another answer"));
}

TEST_F(CertifiedSets, AreFoundOutWhereTheAnswerIsAnother) {
  rewrite_set(folder_ / "all", [](std::vector<Episode>& episodes) {
    episodes.at(3).queries.at(0).output = episodes.at(3).queries.at(1).output;
  });
  EXPECT_FALSE(certificates("all").at(0).ok);
}

}  // namespace
}  // namespace recombine
