// Splits of imported sets, whose recipes do not say which types their rules have.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/dataset.h"
#include "data/error.h"
#include "data/set_writer.h"
#include "generator/grids/grid_source.h"
#include "generator/grids/split_run.h"
#include "generator/writer.h"
#include "tests/data/formats_episode.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class SplitOfAnImport : public testing::Test {
 protected:
  /// Writes the records as an import does.
  void import(const std::vector<std::string>& records) const {
    SetWriter writer(folder_ / "import", "grids");
    for (const std::string& record : records) writer.add(record);
    writer.finish(
        {{"family", "grids"}, {"import", {{"format", "jsonl"}, {"file", "episodes.jsonl"}}}});
  }

  /// The small episode as often as there are grammars.
  void import_episodes(const std::vector<Grammar>& grammars) const {
    std::vector<std::string> records;
    for (const Grammar& grammar : grammars) {
      Episode episode = small_episode();
      episode.id = cat("e", records.size());
      episode.grammar = grammar;
      records.push_back(encode_episode(episode));
    }
    import(records);
  }

  Json split(const char* data, const char* out, double test_fraction = 0.2) const {
    SplitConfig config;
    config.test_fraction = test_fraction;
    config.primitives = config.compositions = 1;
    config.queries = 2;
    return split_data_set(folder_ / data, folder_ / out, config, false, true);
  }

  std::string refusal() const {
    return message_of<DataError>([&] { split("import", "split"); });
  }

  TemporaryFolder folder_;
};

TEST_F(SplitOfAnImport, IsRefusedWhereEpisodesDoNotSayTheirRules) {
  Grammar half = small_episode().grammar;
  half.indicator_rule = {};
  import_episodes({Grammar{}, small_episode().grammar, half, Grammar{}});
  EXPECT_THAT(refusal(), HasSubstr("import: 3 of 4 are episodes that do not say their rules"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 1) << "nothing is written";
}

TEST_F(SplitOfAnImport, IsRefusedWhereATripletIsInNeitherPart) {
  Grammar twice = small_episode().grammar;
  twice.colour_rule = twice.indicator_rule;
  import_episodes({small_episode().grammar, twice, twice});
  EXPECT_THAT(refusal(), HasSubstr("import: 2 of 3 episodes have a triplet that is neither trained "
                                   "nor held out (the first, e1: grow+grow+translation)"));
  EXPECT_FALSE(fs::exists(folder_ / "split"));
}

TEST_F(SplitOfAnImport, HoldsOutOfThePublishedTripletsWhereItHasNoOthers) {
  import_episodes(std::vector(5, small_episode().grammar));
  const Json triplets = split("import", "split").at("triplets");
  const TripletSplit published = split_triplets(GridConfig{}.types, SplitConfig{});
  EXPECT_EQ(triplets.at("train"), Json(published.train));
  EXPECT_EQ(triplets.at("test"), Json(published.test));
}

TEST_F(SplitOfAnImport, KeepsEveryEpisodeOfOtherTypes) {
  GridConfig grids;
  grids.types = {"translation", "mirror", "rotation", "remove"};
  GridRunConfig run;
  run.episodes = 60;
  WriteOptions options;
  options.folder = folder_ / "data";
  options.count = run.episodes;
  options.quiet = true;
  write_data_set(*make_grid_source(grids, run), options);
  std::vector<std::string> records;
  for (const Episode& episode : EpisodeSet(folder_ / "data"))
    records.push_back(encode_episode(episode));
  import(records);
  const Json made = split("data", "split", 0.3);
  const Json imported = split("import", "again", 0.3);
  EXPECT_EQ(imported.at("triplets"), made.at("triplets"));
  EXPECT_EQ(imported.at("sets"), made.at("sets"));
  std::uint64_t all = 0;
  for (const Json& set : imported.at("sets")) all += set.at("count").get<std::uint64_t>();
  EXPECT_EQ(all, run.episodes);
}

}  // namespace
}  // namespace recombine
