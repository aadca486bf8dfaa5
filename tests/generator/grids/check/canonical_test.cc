// Keys of pictures that stay as they are where the pictures are turned, mirrored or recoloured.

#include "generator/grids/check/canonical.h"

#include <set>

#include <gtest/gtest.h>

#include "generator/grids/search/episode.h"
#include "generator/grids/split/split.h"
#include "tests/data/formats/episode.h"
#include "tests/generator/grids/check/images.h"

namespace recombine {
namespace {

std::uint64_t key_of(const Episode& episode) {
  return canonical_key(episode.study, episode.queries);
}

std::vector<Episode> some_episodes(int count) {
  const EpisodeMaker maker(GridConfig{}, 5);
  std::vector<Episode> episodes;
  episodes.reserve(static_cast<std::size_t>(count));
  for (int index = 0; index < count; ++index)
    episodes.push_back(reduce(maker.make(static_cast<std::uint64_t>(index)), SplitConfig{}));
  return episodes;
}

TEST(CanonicalKey, IsOneForEveryImageOfAnEpisode) {
  for (const Episode& episode : some_episodes(10)) {
    for (unsigned symmetry = 0; symmetry < 8; ++symmetry) {
      EXPECT_EQ(key_of(image_of(episode, {.symmetry = symmetry})), key_of(episode)) << symmetry;
      const Change all = {.symmetry = symmetry, .colours = kNextColours, .reversed = true};
      EXPECT_EQ(key_of(image_of(episode, all)), key_of(episode)) << symmetry;
    }
  }
}

TEST(CanonicalKey, IsAnotherForEveryEpisode) {
  std::set<std::uint64_t> keys;
  for (const Episode& episode : some_episodes(300)) keys.insert(key_of(episode));
  EXPECT_EQ(keys.size(), 300U);
}

TEST(CanonicalKey, IsAnotherWhereOneThingIs) {
  const Episode episode = some_episodes(1).front();
  const auto changed = [&](const auto& change) {
    Episode other = episode;
    change(other);
    return key_of(other);
  };
  EXPECT_NE(changed([](Episode& e) { e.study.pop_back(); }), key_of(episode));
  EXPECT_NE(changed([](Episode& e) { e.study[3] = e.study[2]; }), key_of(episode));
  EXPECT_NE(changed([](Episode& e) {
              e.queries[4].output(9, 9) = e.queries[4].output(9, 9) == 0 ? 1 : 0;
            }),
            key_of(episode));
  EXPECT_NE(changed([](Episode& e) { e.queries[0].input = e.queries[0].output; }), key_of(episode));
  // A study pair alone is turned, or recoloured: no image of the whole.
  EXPECT_NE(changed([](Episode& e) { e.study[0] = image_of(e.study[0], {.symmetry = 5}); }),
            key_of(episode));
  EXPECT_NE(changed([](Episode& e) {
              e.study[1] = image_of(e.study[1], {0, kNextColours});
            }),
            key_of(episode));
  // What was asked is shown.
  EXPECT_NE(changed([](Episode& e) { std::swap(e.study[0], e.queries[0]); }), key_of(episode));
}

TEST(CanonicalKey, DoesNotAskWhichRulesAPairShows) {
  Episode episode = small_episode();
  const std::uint64_t key = key_of(episode);
  for (Example& example : episode.study) example.roles = kUnknownRoles;
  EXPECT_EQ(key_of(episode), key);
}

TEST(CanonicalKey, OfAPairTellsInputFromOutput) {
  const Example one = example(kAllRoles, "1", "01");
  EXPECT_EQ(canonical_key(one), canonical_key(example(kAllRoles, "2", "02")));
  EXPECT_EQ(canonical_key(one), canonical_key(example(kAllRoles, "0001", "001")));
  EXPECT_NE(canonical_key(one), canonical_key(example(kAllRoles, "01", "1")));
  EXPECT_NE(canonical_key(one), canonical_key(example(kAllRoles, "1", "02")));
  EXPECT_NE(canonical_key(example(kAllRoles, "12", "21")),
            canonical_key(example(kAllRoles, "12", "12")));
}

TEST(PictureKey, IsOfThePictureAsItStands) {
  const Example one = example(kAllRoles, "1", "01");
  EXPECT_EQ(picture_key(one), picture_key(example(kShapeRole, "1", "01")));
  EXPECT_NE(picture_key(one), picture_key(example(kAllRoles, "2", "02")));
  EXPECT_NE(picture_key(one), picture_key(example(kAllRoles, "01", "1")));
  EXPECT_NE(picture_key(Grid::parse("1", 4)), picture_key(Grid::parse("1", 5)));
}

}  // namespace
}  // namespace recombine
