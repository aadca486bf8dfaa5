#include "eval/census/grids.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/grids/search/episode.h"
#include "generator/grids/split/split.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

const CountTable& table(const SetStatistics& statistics, std::string_view name) {
  for (const auto& [factor, counts] : statistics.factors) {
    if (factor == name) return counts;
  }
  throw std::out_of_range("no such factor");
}

TEST(CountSet, CountsFactorsOverEpisodes) {
  const TemporaryFolder folder;
  const auto data = write_set(folder / "set", {handmade_episode("a", 2), handmade_episode("b", 3)});
  const SetStatistics statistics = count_set(data);
  EXPECT_EQ(statistics.count, 2U);
  EXPECT_EQ(statistics.queries, 5U);
  EXPECT_EQ(table(statistics, "triplet").at("grow+set_color+translation"), 2U);
  EXPECT_EQ(table(statistics, "shape_rule").at("translation x 1"), 2U);
  EXPECT_EQ(table(statistics, "shape_size").at("2"), 2U);
  EXPECT_EQ(table(statistics, "section").at("shape"), 2U);
  EXPECT_EQ(table(statistics, "answer_color").at("2"), 5U);
  EXPECT_EQ(table(statistics, "role_color").at("unknown"), 2U);
}

TEST(CountSet, FindsDuplicates) {
  Episode episode = handmade_episode("a", 2);
  episode.queries[1].input = episode.queries[0].input;
  episode.study.push_back(episode.study[0]);
  episode.study.push_back(episode.queries[0]);
  const TemporaryFolder folder;
  const SetStatistics statistics = count_set(write_set(folder / "set", {episode, episode}));
  EXPECT_EQ(statistics.duplicates.at("ids"), 1U);
  EXPECT_EQ(statistics.duplicates.at("grammars"), 1U);
  EXPECT_EQ(statistics.duplicates.at("queries asked twice"), 2U);
  EXPECT_EQ(statistics.duplicates.at("queries shown in the study pairs"), 4U);
  EXPECT_EQ(statistics.duplicates.at("study inputs shown twice"), 2U);
}

TEST(CountSet, SaysWhatTheSolverFinds) {
  const EpisodeMaker maker(GridConfig{}, 9);
  std::vector<Episode> episodes;
  for (std::uint64_t index = 0; index < 20; ++index) {
    episodes.push_back(reduce(maker.make(index), SplitConfig{}));
  }
  const TemporaryFolder folder;
  const EpisodeSet set = write_set(folder / "set", episodes);
  const SetStatistics statistics = count_set(set);
  EXPECT_EQ(to_json(count_set(set, {}, 1)), to_json(count_set(set, {}, 3)));
  EXPECT_EQ(statistics.determined, 200U);
  EXPECT_EQ(statistics.solved, 200U);
  const Json json = to_json(statistics);
  EXPECT_EQ(json.at("count"), 20);
  std::uint64_t sum = 0;
  for (const auto& [value, count] : json.at("factors").at("triplet").items())
    sum += count.get<std::uint64_t>();
  EXPECT_EQ(sum, 20U);
  EXPECT_THAT(to_text(statistics),
              testing::HasSubstr("200 of 200 queries have one possible answer"));
}

}  // namespace
}  // namespace recombine
