#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "eval/baselines/baseline.h"
#include "eval/scoring/evaluation.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/split/split.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

Grid grid(std::string_view text) { return handmade_grid(text); }

Answers ask(std::string_view name, const std::vector<Example>& study, std::vector<Grid> inputs) {
  const RuleSpace rules = published_rules();
  return find_baseline(name).answer({study, std::move(inputs), 1, 2, &rules});
}

const std::vector<Example> kStudy = {
    {kShapeRole, grid("1"), grid("01")},
    {kShapeRole, grid("11"), grid("011")},
    {kShapeRole, grid("/11"), grid("/011")},
    {kShapeRole, grid("001"), grid("011")},
};

TEST(Baseline, CopyInputCopies) {
  EXPECT_EQ(ask("copy-input", kStudy, {grid("5/6")}), Answers{grid("5/6")});
}

TEST(Baseline, NearestStudyTakesTheFirstOfTheNearest) {
  EXPECT_EQ(ask("nearest-study", kStudy, {grid("/11")}), Answers{grid("/011")});
  EXPECT_EQ(ask("nearest-study", kStudy, {grid("")}),
            Answers{grid("01")});  // 1 and 001 are as near
}

TEST(Baseline, MajorityTakesTheMostCommonOutput) {
  EXPECT_EQ(ask("majority", kStudy, {grid("5"), grid("6")}), (Answers{grid("011"), grid("011")}));
}

class EveryBaseline : public testing::TestWithParam<BaselineEntry> {};

TEST_P(EveryBaseline, GivesAnAnswerAQueryAndTheSameAgain) {
  const Episode episode = reduce(EpisodeMaker(GridConfig{}, 5).make(1), SplitConfig{});
  const auto first = predict_episode(GetParam(), episode, published_rules(), 3);
  const auto second = predict_episode(GetParam(), episode, published_rules(), 3);
  ASSERT_EQ(first.size(), episode.queries.size());
  for (std::size_t query = 0; query < first.size(); ++query) {
    EXPECT_EQ(first[query].query, static_cast<int>(query));
    EXPECT_EQ(first[query].output, second[query].output);
    EXPECT_EQ(first[query].output.has_value(), first[query].invalid.empty());
  }
}

TEST_P(EveryBaseline, NeverSeesAnswersOrGrammar) {
  Episode episode = reduce(EpisodeMaker(GridConfig{}, 5).make(2), SplitConfig{});
  const auto before = predict_episode(GetParam(), episode, published_rules(), 3);
  episode.grammar = Grammar{};
  for (Example& query : episode.queries) query.output = Grid(10);
  const auto after = predict_episode(GetParam(), episode, published_rules(), 3);
  for (std::size_t query = 0; query < before.size(); ++query) {
    EXPECT_EQ(before[query].output, after[query].output);
  }
}

TEST_P(EveryBaseline, StandsAnEpisodeWithoutStudyPairs) {
  Episode episode = EpisodeMaker(GridConfig{}, 5).make(2);
  episode.study.clear();
  EXPECT_EQ(predict_episode(GetParam(), episode, published_rules(), 3).size(), 14U);
}

/// write_baseline() finds out the rules for those alone that say that they go by them.
TEST_P(EveryBaseline, LooksAtRulesOnlyWhereItSaysSo) {
  const Episode episode = reduce(EpisodeMaker(GridConfig{}, 5).make(1), SplitConfig{});
  if (GetParam().by_rules) return;
  const auto with = predict_episode(GetParam(), episode, published_rules(), 3);
  const auto without = predict_episode(GetParam(), episode, RuleSpace{}, 3);
  for (std::size_t query = 0; query < with.size(); ++query)
    EXPECT_EQ(with[query].output, without[query].output);
}

INSTANTIATE_TEST_SUITE_P(Baselines,
                         EveryBaseline,
                         testing::ValuesIn(baseline_entries()),
                         [](const testing::TestParamInfo<BaselineEntry>& entry) {
                           std::string name(entry.param.name);
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(Baseline, RandomRulesDependOnTheSeed) {
  const Episode episode = reduce(EpisodeMaker(GridConfig{}, 5).make(2), SplitConfig{});
  const auto outputs = [&](std::uint64_t seed) {
    std::vector<std::optional<Grid>> all;
    for (const auto& prediction :
         predict_episode(find_baseline("random-rule"), episode, published_rules(), seed)) {
      all.push_back(prediction.output);
    }
    return all;
  };
  EXPECT_NE(outputs(1), outputs(2));
}

TEST(Baseline, OracleIsRight) {
  const Episode episode = reduce(EpisodeMaker(GridConfig{}, 5).make(4), SplitConfig{});
  const auto answers = predict_episode(find_baseline("oracle"), episode, published_rules(), 0);
  for (std::size_t query = 0; query < answers.size(); ++query) {
    EXPECT_EQ(answers[query].output, episode.queries[query].output);
  }
}

TEST(Baseline, WritesAFileThatEvaluateTakes) {
  const TemporaryFolder folder;
  const EpisodeSet data = write_set(folder / "set", {handmade_episode("a", 3)});
  write_baseline(find_baseline("majority"), data, {0, 1, "set"}, folder / "p.jsonl");
  const SplitScores scores = evaluate(data, PredictionSet(folder / "p.jsonl")).scores;
  EXPECT_EQ(scores.planned, 3U);
  EXPECT_EQ(scores.answered, 3U);
}

/// A set without a recipe, as an import is: which types there are, its episodes alone say.
TEST(Baseline, OracleKnowsTheRulesOfImports) {
  GridConfig config;
  config.types = {"transpose", "shear", "hollow", "translation"};
  const EpisodeMaker maker(config, 5);
  std::vector<Episode> episodes;
  episodes.reserve(4);
  for (std::uint64_t i = 0; i < 4; ++i) {
    episodes.push_back(reduce(maker.make(i), SplitConfig{}));
  }
  const TemporaryFolder folder;
  const EpisodeSet data = write_set(folder / "set", episodes);
  write_baseline(find_baseline("oracle"), data, {0, 1, "set"}, folder / "p.jsonl");
  const SplitScores scores = evaluate(data, PredictionSet(folder / "p.jsonl")).scores;
  EXPECT_EQ(scores.answered, scores.planned);
  EXPECT_DOUBLE_EQ(scores.all.figures.at("exact").value, 1.0);
}

TEST(Baseline, AnswersTheSameOnAnyNumberOfThreads) {
  const TemporaryFolder folder;
  std::vector<Episode> episodes;
  episodes.reserve(40);
  for (int i = 0; i < 40; ++i) episodes.push_back(handmade_episode(cat("e", i), 3));
  const EpisodeSet data = write_set(folder / "set", episodes);
  write_baseline(find_baseline("random-rule"), data, {7, 1, "set"}, folder / "one.jsonl");
  write_baseline(find_baseline("random-rule"), data, {7, 3, "set"}, folder / "three.jsonl");
  EXPECT_EQ(read_file(folder / "one.jsonl"), read_file(folder / "three.jsonl"));
}

TEST(Baseline, NamesTheNearestForAnUnknownName) {
  try {
    find_baseline("orcale");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("did you mean 'oracle'"));
  }
}

}  // namespace
}  // namespace recombine
