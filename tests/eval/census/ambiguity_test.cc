// The ceilings: how often the study pairs leave a query several answers.

#include "eval/census/ambiguity.h"

#include <bit>
#include <set>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "generator/grids/search/published.h"
#include "generator/grids/split/split.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

const Ambiguity& of(const std::vector<Ambiguity>& all,
                    const std::string& setting,
                    const std::string& order,
                    const std::string& sections) {
  for (const Ambiguity& one : all) {
    if (one.setting == setting && one.order == order && one.sections == sections) return one;
  }
  throw std::out_of_range("no such setting");
}

std::vector<Episode> published_episodes(int count) {
  PublishedMaker maker(GridConfig{}, 1860);
  std::vector<Episode> episodes;
  episodes.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) episodes.push_back(reduce(maker.next(), SplitConfig{}));
  return episodes;
}

class Ceilings : public testing::Test {
 protected:
  std::vector<Ambiguity> counted(const std::vector<Episode>& episodes,
                                 const AmbiguityOptions& options = {}) {
    const EpisodeSet set = write_set(folder_ / cat("set", sets_++), episodes);
    return count_ambiguity(set, published_rules(), options);
  }

  TemporaryFolder folder_;
  int sets_ = 0;
};

TEST_F(Ceilings, AreOfEverySettingAndSpace) {
  const auto all = counted(published_episodes(60));
  EXPECT_EQ(all.size(), 16U);
  for (const Ambiguity& one : all) {
    EXPECT_EQ(one.episodes, 60U);
    EXPECT_EQ(one.queries, one.setting == "three-shot" ? 420U : 600U);
    EXPECT_LE(one.determined, one.solved) << "the recorded answer is always one of them";
    const Ambiguity& fixed = of(all, one.setting, "fixed", one.sections);
    EXPECT_LE(one.determined, fixed.determined) << "more orders, more answers";
  }
  EXPECT_EQ(of(all, "all", "fixed", "known").ambiguous, 0U);
  EXPECT_EQ(of(all, "all", "fixed", "known").determined, 600U);
}

TEST_F(Ceilings, AreLowerForOrdersWithoutPairsOfTwoRules) {
  const auto all = counted(published_episodes(60));
  const Ambiguity& any = of(all, "no-two-rule", "any", "known");
  EXPECT_GT(any.ambiguous, 10U) << "nothing shows the order";
  EXPECT_LT(any.solved, any.queries);
  EXPECT_EQ(to_json(all).at("no-two-rule").at("any order, sections known").at("ambiguous"),
            any.ambiguous);
  EXPECT_THAT(to_text(all), testing::HasSubstr("no-two-rule"));
}

TEST_F(Ceilings, FitATerminal) {
  const auto all = counted(published_episodes(3));
  std::istringstream lines(to_text(all, 72));
  int named = 0;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 72U);
    named += line.starts_with("all, fixed order, sections known ") ? 1 : 0;
  }
  EXPECT_EQ(named, 3) << "the row says in each part of the table what it is of";
}

TEST_F(Ceilings, AreOfASampleUnlessAllAreWanted) {
  const std::vector<Episode> few = published_episodes(4);
  std::vector<Episode> many;
  for (int i = 0; i < 520; ++i) {
    many.push_back(few[static_cast<std::size_t>(i) % few.size()]);
    many.back().id = cat("m", i);
  }
  EXPECT_EQ(counted(many).front().episodes, 500U);
  EXPECT_EQ(counted(many, {.all = true}).front().episodes, 520U);
  EXPECT_EQ(to_json(counted(many, {.all = true, .threads = 1})),
            to_json(counted(many, {.all = true, .threads = 3})));
}

TEST_F(Ceilings, AreOfWhatASetHasAlone) {
  std::vector<Episode> episodes = published_episodes(3);
  for (Episode& episode : episodes) {
    episode.queries.resize(2);
    std::erase_if(episode.study, [](const Example& e) { return std::popcount(e.roles) == 1; });
  }
  std::set<std::string> settings;
  for (const Ambiguity& one : counted(episodes)) settings.insert(one.setting);
  EXPECT_THAT(settings, testing::ElementsAre("all", "no-one-rule"));
  EXPECT_TRUE(to_text(std::vector<Ambiguity>{}).empty());
}

}  // namespace
}  // namespace recombine
