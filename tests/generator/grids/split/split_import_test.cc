// Splits of imported sets, whose recipes do not say which types their rules have.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/dataset.h"
#include "data/storage/set_writer.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "generator/writer/writer.h"
#include "tests/data/formats/episode.h"
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
  half.indicator_rule() = {};
  import_episodes({Grammar{}, small_episode().grammar, half, Grammar{}});
  EXPECT_THAT(refusal(), HasSubstr("import: 3 of 4 are episodes that do not say their rules"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 1) << "nothing is written";
}

TEST_F(SplitOfAnImport, IsRefusedWhereATripletIsInNeitherPart) {
  Grammar twice = small_episode().grammar;
  twice.colour_rule() = twice.indicator_rule();
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

TEST_F(SplitOfAnImport, LeavesOutEpisodesOfARuleThatIsTrainedTooSeldom) {
  // Seed 1860 holds out grow+mirror+translation; mirror x is trained twice, mirror y once.
  const Grammar plain = small_episode().grammar;
  const auto mirrored = [&](const char* direction, bool held_out) {
    Grammar grammar = plain;
    Rule& rule = held_out ? grammar.colour_rule() : grammar.shape_rule();
    rule.type = "mirror";
    rule.parameters = {{"direction", direction}};
    return grammar;
  };
  import_episodes({plain, plain, plain, mirrored("x", false), mirrored("x", false),
                   mirrored("y", false), mirrored("x", true), mirrored("y", true),
                   mirrored("x", true)});
  SplitConfig config;
  config.id_fraction = 0;
  config.primitives = config.compositions = 1;
  config.queries = 2;
  const std::vector<std::uint64_t> left_out = {0, 0, 1, 3};
  for (int least = 0; least < 4; ++least) {
    config.min_func_examples = least;
    const fs::path out = folder_ / cat("split", least);
    const Json made = split_data_set(folder_ / "import", out, config, false, true);
    const std::uint64_t expected = left_out.at(static_cast<std::size_t>(least));
    EXPECT_EQ(made.at("left_out"), expected) << least;
    EXPECT_EQ(made.at("sets").at("train").at("count"), 6) << least;
    EXPECT_EQ(EpisodeSet(out / "val_ood").size() + EpisodeSet(out / "test_ood").size(),
              3 - expected)
        << least;
  }
  for (const char* set : {"split2/val_ood", "split2/test_ood"}) {
    for (const Episode& episode : EpisodeSet(folder_ / set))
      EXPECT_EQ(to_text(episode.grammar.colour_rule()), "mirror direction=x");
  }
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
