// Errors are counted with the scores, and by the same groups.

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "eval/baselines/baseline.h"
#include "eval/scoring/evaluation.h"
#include "generator/grids/search/episode.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/eval/handmade_facts.h"

namespace recombine {
namespace {

std::uint64_t sum_of_errors(const ErrorCounts& errors) {
  std::uint64_t sum = 0;
  for (const auto& [kind, count] : errors) sum += count;
  return sum;
}

std::uint64_t count_of(const ErrorCounts& errors, const std::string& kind) {
  const auto found = errors.find(kind);
  return found == errors.end() ? 0 : found->second;
}

std::uint64_t wrong_in(const GroupScores& scores) {
  const auto planned = static_cast<double>(scores.planned);
  return static_cast<std::uint64_t>(std::lround((1 - scores.figures.at("exact").value) * planned));
}

void expect_sums(const SplitScores& scores) {
  GroupScores all = scores.all;
  all.planned = scores.planned;
  EXPECT_EQ(sum_of_errors(all.errors), wrong_in(all));
  ErrorCounts of_groups;
  for (const auto& [factor, groups] : scores.by) {
    ErrorCounts sums;
    for (const auto& [value, group] : groups) {
      EXPECT_EQ(sum_of_errors(group.errors), wrong_in(group)) << factor << " " << value;
      for (const auto& [kind, count] : group.errors) sums[kind] += count;
    }
    EXPECT_EQ(sums, scores.all.errors) << factor;
  }
}

class GridErrorCounts : public testing::Test {
 protected:
  Evaluation answered_by(std::string_view baseline) {
    std::vector<Prediction> predictions;
    for (const Episode& episode : data_) {
      const auto some = predict_episode(find_baseline(baseline), episode, published_rules(), 1);
      predictions.insert(predictions.end(), some.begin(), some.end());
    }
    return evaluate(data_, PredictionSet("p.jsonl", meta_for(data_), predictions));
  }

  static EpisodeSet made(const std::filesystem::path& folder) {
    const EpisodeMaker maker(GridConfig{}, 3);
    std::vector<Episode> episodes;
    for (std::uint64_t index = 0; index < 40; ++index) episodes.push_back(maker.make(index));
    return write_set(folder, episodes);
  }

  TemporaryFolder folder_;
  EpisodeSet data_ = made(folder_ / "set");
};

TEST_F(GridErrorCounts, SumToTheWrongAnswersOfSplitsAndGroups) {
  for (const char* baseline : {"copy-input", "nearest-study", "majority", "random-rule", "oracle"})
    expect_sums(answered_by(baseline).scores);
}

TEST_F(GridErrorCounts, KnowWhatABaselineDoes) {
  const SplitScores copied = answered_by("copy-input").scores;
  EXPECT_EQ(copied.all.errors, (ErrorCounts{{"input_copied", wrong_in(copied.all)}}));
  const SplitScores nearest = answered_by("nearest-study").scores;
  EXPECT_EQ(
      count_of(nearest.all.errors, "study_copied") + count_of(nearest.all.errors, "input_copied"),
      wrong_in(nearest.all));
  EXPECT_TRUE(nearest.rule_confusion.empty());
  EXPECT_TRUE(answered_by("oracle").scores.all.errors.empty());
}

TEST_F(GridErrorCounts, TellWhichRulesRandomProgramsShow) {
  const Evaluation evaluation = answered_by("random-rule");
  const SplitScores& scores = evaluation.scores;
  std::uint64_t changes = 0;
  for (const auto& [role, truths] : scores.rule_confusion) {
    for (const auto& [truth, shown] : truths) changes += sum_of_errors(shown);
  }
  std::uint64_t expected = 2 * scores.all.errors.at("two_changes");
  for (const char* kind : {"rule_left_out", "rule_twice", "wrong_parameter", "wrong_order",
                           "same_type", "other_type", "rule_added"}) {
    expected += count_of(scores.all.errors, kind);
  }
  EXPECT_EQ(changes, expected);
  EXPECT_GT(changes, 50U);
  for (const auto& [kind, examples] : evaluation.examples) {
    EXPECT_LE(examples.size(), kErrorExamples) << kind;
    for (std::size_t i = 1; i < examples.size(); ++i)
      EXPECT_LT(examples[i - 1].which.item, examples[i].which.item) << kind;
  }
}

TEST(ErrorCounts, HaveTheInvalidAndTheMissingAmongThem) {
  const TemporaryFolder folder;
  const EpisodeSet data = write_set(folder / "set", {handmade_episode("a", 5)});
  auto predictions = answer_all(data, "022");
  predictions[0].output = handmade_grid("044");  // a study output
  predictions[1].output.reset();
  predictions[1].invalid = "truncated";
  predictions[2].output.reset();
  predictions.erase(predictions.begin() + 3);
  const Evaluation evaluation =
      evaluate(data, PredictionSet("p.jsonl", meta_for(data), predictions));
  EXPECT_EQ(evaluation.scores.all.errors,
            (ErrorCounts{{"study_copied", 1}, {"invalid", 2}, {"missing", 1}}));
  EXPECT_EQ(evaluation.examples.at("invalid").size(), 1U) << "one an item";
  expect_sums(evaluation.scores);
}

TEST(ErrorCounts, OfFactsKnowWhatTrainingLeadsTo) {
  const TemporaryFolder folder;
  const FactSet data =
      write_composed_facts(folder / "test_ood", FactType::kTestOod, {2, 3}, 6, false);
  auto predictions = answer_truly(data);
  predictions[0].text = "<e_41>";
  predictions[1].text = "<e_32>";  // its bridge
  predictions[2].text = "<e_42>";
  predictions[3].text = "nonsense";
  predictions.pop_back();
  const PredictionSet predicted("p.jsonl", facts_meta(data), predictions);
  const SplitScores alone = evaluate(data, predicted).scores;
  EXPECT_EQ(
      alone.all.errors,
      (ErrorCounts{{"right_type", 2}, {"answer_is_bridge", 1}, {"invalid", 1}, {"missing", 1}}));
  expect_sums(alone);
  FactItem to_41 = handmade_fact(FactType::kIdAtomic, 0, {3});
  to_41.tokens[2] = 41;
  write_facts(folder / "train", {to_41, handmade_fact(FactType::kIdAtomic, 1, {3})});
  const SplitScores beside = evaluate(data, predicted).scores;
  EXPECT_EQ(beside.all.errors, (ErrorCounts{{"right_type", 1},
                                            {"none", 1},
                                            {"answer_is_bridge", 1},
                                            {"invalid", 1},
                                            {"missing", 1}}));
  expect_sums(beside);
}

}  // namespace
}  // namespace recombine
