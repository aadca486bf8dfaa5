#include "meta/batches/study_cut.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "data/error.h"
#include "meta/batches/batch_rules.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

/// Five queries, and all four pairs of each section: two as the small ones have.
EpisodeTensors wide_episodes(int count) {
  GridConfig grids = small_grids();
  grids.queries = 5;
  SplitConfig split = small_split();
  split.primitives = -1;
  split.compositions = -1;
  split.queries = 5;
  const FreshEpisodes source({grids, split}, 7, FreshUse::kTrain);
  std::vector<Episode> episodes;
  episodes.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) episodes.push_back(source.make(static_cast<std::uint64_t>(i)));
  return pack_episodes(episodes);
}

TEST(StudyCut, LeavesAllAsItIs) {
  const EpisodeTensors episodes = wide_episodes(1);
  const StudyCut cut = study_cut("all", episodes.shape, 1, 5);
  EXPECT_EQ(shape_after(cut, episodes.shape), episodes.shape);
  const CutEpisodes same = cut_episodes(cut, episodes.study, episodes.queries);
  EXPECT_EQ(same.study.data_ptr(), episodes.study.data_ptr());
}

TEST(StudyCut, ShowsOneRuleOrTwo) {
  const EpisodeShape shape = wide_episodes(1).shape;
  const auto singles = shape_after(study_cut("no-compositions", shape, 1, 0), shape);
  EXPECT_EQ(singles.study_roles, (std::vector<Roles>{1, 1, 2, 2, 4, 4}));
  const auto composed = shape_after(study_cut("no-primitives", shape, 1, 0), shape);
  EXPECT_EQ(composed.study_roles, (std::vector<Roles>{3, 3, 5, 5, 6, 6}));
  EXPECT_EQ(composed.queries, 5);
  EXPECT_THROW(study_cut("no-compositions", composed, 1, 0), InputError);
}

TEST(StudyCut, ShowsThreeQueriesThatAreNotAskedThen) {
  const EpisodeTensors episodes = wide_episodes(2);
  const StudyCut cut = study_cut("three-shot", episodes.shape, 1, 0);
  const EpisodeShape shape = shape_after(cut, episodes.shape);
  EXPECT_EQ(shape.study_roles, std::vector<Roles>(3, kAllRoles));
  EXPECT_EQ(shape.queries, 2);
  const CutEpisodes made = cut_episodes(cut, episodes.study, episodes.queries);
  EXPECT_TRUE(made.study.equal(episodes.queries.narrow(1, 0, 3)));
  EXPECT_TRUE(made.queries.equal(episodes.queries.narrow(1, 3, 2)));
  EpisodeShape few = episodes.shape;
  few.queries = 3;
  EXPECT_THROW(study_cut("three-shot", few, 1, 0), InputError);
}

TEST(StudyCut, ShowsAsManyPairsOfEachSectionAsItDraws) {
  const EpisodeShape shape = wide_episodes(1).shape;
  std::set<int> sizes;
  for (std::uint64_t group = 0; group < 40; ++group) {
    const StudyCut cut = study_cut("fewer", shape, 3, group);
    EXPECT_EQ(cut, study_cut("fewer", shape, 3, group));
    const EpisodeShape after = shape_after(cut, shape);
    for (const Roles section : kStudySections)
      EXPECT_EQ(std::ranges::count(after.study_roles, section), after.study / 6);
    sizes.insert(after.study);
  }
  EXPECT_EQ(sizes, (std::set<int>{6, 12}));
}

TEST(StudyCut, NeedsToKnowTheSections) {
  EpisodeShape shape = wide_episodes(1).shape;
  shape.study_roles.assign(12, kUnknownRoles);
  EXPECT_THROW(study_cut("no-primitives", shape, 1, 0), InputError);
  EXPECT_NO_THROW(study_cut("all", shape, 1, 0));
}

TEST(MakeBatch, ShowsAndAsksByTheSettingOfItsGroup) {
  const EpisodeTensors episodes = wide_episodes(3);
  BatchRules rules;
  rules.copy = true;
  rules.study_mix = {"all", "three-shot", "no-primitives"};
  std::set<std::vector<int>> seen;
  for (std::uint64_t group = 0; group < 30; ++group) {
    const GridBatch whole = make_batch(episodes, {0, 1, 2}, group, rules, group);
    const GridBatch part = make_batch(episodes, {1, 2}, group + 1, rules, group);
    EXPECT_EQ(whole.study_roles, part.study_roles);
    EXPECT_EQ(whole.kinds.size(), static_cast<std::size_t>(whole.query_inputs.size(1)));
    EXPECT_EQ(static_cast<std::int64_t>(whole.study_roles.size()), whole.study.size(1));
    EXPECT_TRUE(whole.study.narrow(0, 1, 2).equal(part.study));
    // The last query repeats the last pair that is shown.
    EXPECT_TRUE(whole.query_outputs.select(1, -1).equal(whole.study.select(1, -1).select(1, 1)));
    seen.emplace(whole.study_roles.begin(), whole.study_roles.end());
  }
  EXPECT_EQ(seen.size(), 3U);
}

TEST(MakeBatch, AsksNoSparePairsOfThreeShots) {
  GridConfig grids = small_grids();
  grids.queries = 5;
  SplitConfig split = small_split();
  split.queries = 5;
  const FreshEpisodes source({grids, split}, 7, FreshUse::kTrain);
  const EpisodeTensors episodes = pack_episodes({source.make(0)});
  BatchRules rules;
  rules.aux = true;
  rules.study_mix = {"three-shot"};
  const GridBatch batch = make_batch(episodes, {0}, 0, rules, 0);
  EXPECT_EQ(batch.query_inputs.size(1), 2);
  EXPECT_EQ(batch.kinds.size(), 2U);
}

}  // namespace
}  // namespace recombine
