#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "eval/baselines/baseline.h"
#include "eval/baselines/fact_baseline.h"
#include "eval/scoring/evaluation.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/eval/handmade_facts.h"

namespace recombine {
namespace {

using testing::HasSubstr;

template <class Error, class Function>
std::string failure_of(const Function& function) {
  try {
    function();
  } catch (const Error& error) {
    return error.what();
  }
  return "no failure";
}

class FactBaselines : public testing::Test {
 protected:
  SplitScores score(std::string_view name, const FactSet& data) const {
    write_baseline(find_fact_baseline(name), data, {"set"}, folder_ / "p.jsonl");
    return evaluate(data, PredictionSet(folder_ / "p.jsonl")).scores;
  }

  TemporaryFolder folder_;
};

TEST_F(FactBaselines, LookupIsRightOnEveryComposition) {
  write_training_facts(folder_ / "train");
  for (const bool chain : {true, false}) {
    const std::string name = chain ? "cot" : "plain";
    const FactSet two =
        write_composed_facts(folder_ / (name + "2"), FactType::kTestOod, {2, 3}, 50, chain);
    const FactSet three =
        write_composed_facts(folder_ / (name + "3"), FactType::kTest3HopOod, {5, 3, 0}, 50, chain);
    EXPECT_EQ(score("lookup", two).all.figures.at("exact").value, 1);
    EXPECT_EQ(score("lookup", three).all.figures.at("exact").value, 1);
  }
}

TEST_F(FactBaselines, LookupAnswersAnEntityAloneWithItself) {
  write_training_facts(folder_ / "train");
  std::vector<FactItem> items;
  for (Token entity = 0; entity < 20; ++entity)
    items.push_back(handmade_fact(FactType::kIdentity, entity, {}, false));
  ASSERT_EQ(items.back().tokens, (std::vector<Token>{19, 19, kHandmadeWorld.end()}));
  const FactSet data = write_facts(folder_ / "alone", items);
  EXPECT_EQ(score("lookup", data).all.figures.at("exact").value, 1);
}

TEST_F(FactBaselines, LookupComparesValues) {
  std::vector<FactItem> facts;
  for (Token entity = 0; entity < 20; ++entity) facts.push_back(handmade_value_fact(entity, 1));
  write_facts(folder_ / "train", facts, kHandmadeComparison);
  std::vector<FactItem> items;
  for (Token second = 1; second < 20; ++second) items.push_back(handmade_comparison(1, 0, second));
  items.push_back(handmade_comparison(2, 0, 1));  // an attribute that was never trained
  const FactSet data = write_facts(folder_ / "test", items, kHandmadeComparison);
  const SplitScores scores = score("lookup", data);
  EXPECT_EQ(scores.exact_of_valid.value, 1);
  EXPECT_EQ(scores.answered, 19U);
  EXPECT_EQ(scores.invalid_reasons.at("training has not all facts"), 1U);
}

TEST_F(FactBaselines, MajorityAnswersByTheLastRelation) {
  // Training ends in r1 with e5 twice and e6 once; the other form of answer does not count.
  std::vector<FactItem> items = {handmade_fact(FactType::kIdAtomic, 0, {1}),
                                 handmade_fact(FactType::kIdAtomic, 1, {1}),
                                 handmade_fact(FactType::kIdAtomic, 2, {1}),
                                 handmade_fact(FactType::kTrainInferred, 3, {0, 1})};
  items[0].tokens[2] = 6;
  items[1].tokens[2] = 5;
  items[2].tokens[2] = 5;
  write_facts(folder_ / "train", items);
  FactItem asked = handmade_fact(FactType::kIdAtomic, 9, {1});
  asked.tokens[2] = 5;
  FactItem unknown = handmade_fact(FactType::kIdAtomic, 9, {2});
  const SplitScores scores = score("majority", write_facts(folder_ / "test", {asked, unknown}));
  EXPECT_EQ(scores.all.figures.at("exact").value, 0.5);
  EXPECT_EQ(scores.invalid, 1U);
}

TEST_F(FactBaselines, NeverSeeTheAnswer) {
  write_training_facts(folder_ / "train");
  std::vector<FactItem> items = {handmade_fact(FactType::kTestOod, 1, {2, 3})};
  write_baseline(find_fact_baseline("lookup"), write_facts(folder_ / "a", items), {"a"},
                 folder_ / "a.jsonl");
  items[0].tokens[3] = 0;
  items[0].tokens[4] = 0;
  items[0].path = {1, 0, 0};
  write_baseline(find_fact_baseline("lookup"), write_facts(folder_ / "b", items), {"b"},
                 folder_ / "b.jsonl");
  EXPECT_EQ(read_predictions(folder_ / "a.jsonl").at(0).text,
            read_predictions(folder_ / "b.jsonl").at(0).text);
}

TEST_F(FactBaselines, NeedTheTrainingSetOfTheirWorld) {
  const FactSet data = write_composed_facts(folder_ / "test", FactType::kTestOod, {2, 3}, 3);
  EXPECT_THAT(failure_of<DataError>([&] { score("lookup", data); }),
              HasSubstr("test: lookup learns from the set 'train' beside it, which is not there"));
  write_facts(folder_ / "train", {handmade_value_fact(1, 1)}, kHandmadeComparison);
  EXPECT_THAT(failure_of<DataError>([&] { score("lookup", data); }),
              HasSubstr("is of another world"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "p.jsonl"));
}

TEST_F(FactBaselines, SayWhichFamilyTheyAreFor) {
  EXPECT_THAT(failure_of<InputError>([] { find_fact_baseline("copy-input"); }),
              HasSubstr("'copy-input' is not for facts, which this data set holds; for facts: "
                        "majority, lookup"));
  EXPECT_THAT(failure_of<InputError>([] { find_baseline("lookup"); }),
              HasSubstr("'lookup' is not for grids"));
  EXPECT_THAT(failure_of<InputError>([] { find_fact_baseline("lokup"); }),
              HasSubstr("did you mean 'lookup'"));
}

}  // namespace
}  // namespace recombine
