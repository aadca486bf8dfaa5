#include "meta/batches/episode_tensors.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "data/error.h"
#include "meta/validation/grid_answers.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

TEST(EpisodeTensors, HoldsEveryGridWhereItsLettersSay) {
  const std::vector<Episode> episodes = small_episodes(3);
  const EpisodeTensors tensors = pack_episodes(episodes);
  EXPECT_EQ(tensors.shape,
            (EpisodeShape{6, 6, 3, 1, {kStudySections.begin(), kStudySections.end()}}));
  EXPECT_EQ(tensors.study.sizes(), (std::vector<std::int64_t>{3, 6, 2, 6, 6}));
  EXPECT_EQ(tensors.spare.sizes(), (std::vector<std::int64_t>{3, 6, 1, 2, 6, 6}));
  for (std::int64_t m = 0; m < 3; ++m) {
    const Episode& episode = episodes[static_cast<std::size_t>(m)];
    for (std::int64_t s = 0; s < 6; ++s) {
      const Example& pair = episode.study[static_cast<std::size_t>(s)];
      EXPECT_EQ(grid_at(tensors.study, (m * 6 + s) * 2), pair.input);
      EXPECT_EQ(grid_at(tensors.study, (m * 6 + s) * 2 + 1), pair.output);
    }
    EXPECT_EQ(grid_at(tensors.queries, (m * 3 + 2) * 2 + 1), episode.queries[2].output);
  }
}

TEST(EpisodeTensors, HasSparePairsInTheOrderOfTheStudySections) {
  std::vector<Episode> episodes = small_episodes(1);
  std::reverse(episodes[0].spare.begin(), episodes[0].spare.end());
  const EpisodeTensors tensors = pack_episodes(episodes);
  for (std::size_t section = 0; section < kStudySections.size(); ++section) {
    const auto pair = std::find_if(
        episodes[0].spare.begin(), episodes[0].spare.end(),
        [&](const Example& example) { return example.roles == kStudySections[section]; });
    ASSERT_NE(pair, episodes[0].spare.end());
    EXPECT_EQ(grid_at(tensors.spare, static_cast<std::int64_t>(section) * 2), pair->input);
  }
}

TEST(EpisodeTensors, SaysNoSectionsWhereTheirOrderDiffers) {
  std::vector<Episode> episodes = small_episodes(3);
  const EpisodeTensors before = pack_episodes(episodes);
  std::rotate(episodes[1].study.begin(), episodes[1].study.begin() + 2, episodes[1].study.end());
  const EpisodeTensors tensors = pack_episodes(episodes);
  EXPECT_EQ(tensors.shape.study_roles, std::vector<Roles>(6, kUnknownRoles));
  EXPECT_EQ(grid_at(tensors.study, 6 * 2), episodes[1].study[0].input) << "as they stand";
  const TemporaryFolder folder;
  const EpisodeTensors sorted =
      load_episodes(write_set(folder / "set", episodes), 0, false, PairOrder::kBySection);
  EXPECT_EQ(sorted.shape.study_roles, before.shape.study_roles);
  EXPECT_TRUE(torch::equal(sorted.study, before.study));
}

TEST(EpisodeTensors, SaysWhatTheExecutorRefuses) {
  ModelConfig executor;
  executor.name = "executor";
  std::vector<Episode> episodes = small_episodes(3);
  EXPECT_NO_THROW(require_readable(executor, pack_episodes(episodes).shape));
  episodes[1].grammar.order = {1, 0, 2};
  const EpisodeShape ordered = pack_episodes(episodes).shape;
  EXPECT_TRUE(ordered.own_order);
  EXPECT_THROW(require_readable(executor, ordered), InputError);
  episodes[1].grammar.order.clear();
  episodes[2].queries[0].roles = kShapeRole | kColourRole;
  const EpisodeShape shallow = pack_episodes(episodes).shape;
  EXPECT_TRUE(shallow.fewer_rules);
  EXPECT_THROW(require_readable(executor, shallow), InputError);
  ModelConfig fast;
  fast.name = "fast";
  EXPECT_NO_THROW(require_readable(fast, shallow));
}

TEST(EpisodeTensors, SaysNoSectionsWhereAnEpisodeDoesNot) {
  for (const std::size_t silent : {std::size_t{0}, std::size_t{2}}) {
    std::vector<Episode> episodes = small_episodes(3);
    for (Example& pair : episodes[silent].study) pair.roles = kUnknownRoles;
    EXPECT_EQ(pack_episodes(episodes).shape.study_roles, std::vector<Roles>(6, kUnknownRoles));
  }
}

TEST(PairOrder, IsBySectionWhereAModelIsToldSections) {
  ModelConfig model;
  for (const char* name : {"fast", "reference", "shared"}) {
    model.name = name;
    EXPECT_EQ(pair_order(model), PairOrder::kAsStored) << name;
  }
  model.name = "executor";
  EXPECT_EQ(pair_order(model), PairOrder::kBySection);
  model.sections = "hidden";
  EXPECT_EQ(pair_order(model), PairOrder::kAsStored) << "finds them";
  model.sections = "triggers";
  EXPECT_EQ(pair_order(model), PairOrder::kByTriggers);
}

TEST(PairOrder, ByTriggersDoesNotBelieveTheSet) {
  const std::vector<Episode> episodes = small_episodes(40);
  for (const Episode& episode : episodes) {
    Episode lying = episode;
    std::rotate(lying.study.begin(), lying.study.begin() + 5, lying.study.end());
    for (Example& pair : lying.study) pair.roles = kAllRoles;
    const std::vector<std::size_t> places = places_in_order(lying, PairOrder::kByTriggers);
    const Episode read = in_order(lying, PairOrder::kByTriggers);
    const Episode told = in_order(episode, PairOrder::kBySection);
    ASSERT_EQ(read.study.size(), told.study.size());
    for (std::size_t pair = 0; pair < read.study.size(); ++pair) {
      EXPECT_EQ(read.study[pair].roles, told.study[pair].roles) << episode.id << ", pair " << pair;
      EXPECT_EQ(read.study[pair].input, lying.study[places[pair]].input);
    }
  }
}

TEST(PairOrder, ByTriggersNeedsThem) {
  Episode episode = small_episodes(1)[0];
  episode.queries[0].input = Grid(episode.side());
  EXPECT_THROW(in_order(episode, PairOrder::kByTriggers), DataError);
}

TEST(PairOrder, SaysWherePairsStand) {
  Episode episode = small_episodes(1)[0];
  std::rotate(episode.study.begin(), episode.study.begin() + 2, episode.study.end());
  EXPECT_EQ(places_in_order(episode, PairOrder::kBySection),
            (std::vector<std::size_t>{4, 5, 0, 1, 2, 3}));
  EXPECT_EQ(places_in_order(episode, PairOrder::kAsStored),
            (std::vector<std::size_t>{0, 1, 2, 3, 4, 5}));
  episode.study.assign(3, episode.queries[0]);
  EXPECT_EQ(places_in_order(episode, PairOrder::kBySection), (std::vector<std::size_t>{0, 1, 2}));
}

TEST(LoadEpisodes, ShowsEachEpisodeOnceAsItIsStored) {
  const std::vector<Episode> episodes = small_episodes(4);
  const TemporaryFolder folder;
  const EpisodeSet set = write_set(folder / "set", episodes);
  std::vector<Episode> seen;
  load_episodes(set, 3, false, PairOrder::kBySection,
                [&](const Episode& episode) { seen.push_back(episode); });
  EXPECT_EQ(seen, std::vector<Episode>(episodes.begin(), episodes.begin() + 3));
}

TEST(EpisodeTensors, RefusesAnEpisodeThatHasASectionTooOften) {
  std::vector<Episode> episodes = small_episodes(2);
  episodes[1].study[0].roles = episodes[1].study[1].roles;
  EXPECT_THROW(pack_episodes(episodes), DataError);
}

TEST(EpisodeTensors, CountsNoSparePairWhereASectionHasNone) {
  std::vector<Episode> episodes = small_episodes(1);
  episodes[0].spare.pop_back();
  EXPECT_EQ(episode_shape(episodes[0]).spare, 0);
}

TEST(EpisodeTensors, NamesTheEpisodeThatIsUnlikeTheOthers) {
  std::vector<Episode> episodes = small_episodes(2);
  episodes[1].queries.pop_back();
  try {
    pack_episodes(episodes);
    FAIL();
  } catch (const DataError& error) {
    EXPECT_NE(std::string(error.what()).find("episode " + episodes[1].id), std::string::npos);
  }
}

}  // namespace
}  // namespace recombine
