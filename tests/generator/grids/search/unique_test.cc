// Sets whose episodes depend on each other, and sets whose do not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/dataset.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/search/grid_source.h"
#include "generator/remake.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/search/few_keys.h"

namespace recombine {
namespace {

constexpr std::uint64_t kUniqueEpisodes = 400;

/// So few grammars that some are drawn twice.
GridConfig few_grammars(bool unique) {
  GridConfig config;
  config.side = 6;
  config.study = 1;
  config.queries = 2;
  config.types = {"translation", "set_color", "mirror"};
  config.parameters = {"translation.direction=x", "translation.step_size=1",
                       "set_color.new_color=5"};
  config.max_shape_size = 2;
  config.unique = unique;
  return config;
}

class Unique : public testing::Test {
 protected:
  Manifest write(const std::string& name, bool unique, int shards = 1) const {
    GridRunConfig run;
    run.episodes = kUniqueEpisodes;
    return *write_data_set(*make_grid_source(few_grammars(unique), run),
                           options_of(folder_ / name, kUniqueEpisodes, shards));
  }

  TemporaryFolder folder_;
};

TEST_F(Unique, OffMakesEveryEpisodeAtItsFirstAttempt) {
  write("on", true);
  write("off", false);
  const EpisodeSet on(folder_ / "on");
  const EpisodeSet off(folder_ / "off");
  int anew = 0;
  for (std::size_t i = 0; i < kUniqueEpisodes; ++i) {
    EXPECT_EQ(off[i].attempt, 0);
    const Episode alone = EpisodeMaker(few_grammars(false), GridRunConfig{}.seed).make(i);
    EXPECT_EQ(off[i], alone);
    anew += on[i].attempt > 0 ? 1 : 0;
    if (on[i].attempt == 0) {
      EXPECT_EQ(on[i], off[i]);
    }
  }
  EXPECT_GT(anew, 0);
}

TEST_F(Unique, OffHasADigestAndARecipeOfItsOwn) {
  const Manifest on = write("on", true);
  const Manifest off = write("off", false);
  EXPECT_NE(on.digest, off.digest);
  EXPECT_FALSE(on.recipe.at("options").contains("unique"));
  EXPECT_EQ(off.recipe.at("options").at("unique"), "false");
  EXPECT_EQ(write("shards", false, 5).digest, off.digest);
  EXPECT_EQ(remake(off.recipe, options_of(folder_ / "again", kUniqueEpisodes)).digest, off.digest);
}

TEST(UniqueOption, IsNotForThePublishedStream) {
  GridRunConfig run;
  run.episodes = 5;
  run.stream = "published";
  GridConfig config;
  config.unique = false;
  EXPECT_THROW(make_grid_source(config, run), InputError);
}

}  // namespace
}  // namespace recombine
