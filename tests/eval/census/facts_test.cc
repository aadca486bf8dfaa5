#include "eval/census/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/eval/handmade_facts.h"

namespace recombine {
namespace {

TEST(CountFacts, CountsFactorsAndDegrees) {
  const TemporaryFolder folder;
  const FactStatistics statistics = count_set(write_training_facts(folder / "train"));
  EXPECT_EQ(statistics.count, 400U);
  const Json json = to_json(statistics);
  EXPECT_EQ(json.at("count"), 400);
  const Json& factors = json.at("factors");
  EXPECT_EQ(factors.at("type"), (Json{{"id_atomic", 360}, {"train_inferred", 40}}));
  EXPECT_EQ(factors.at("noise"), (Json{{"clean", 400}}));
  EXPECT_EQ(factors.at("hops"), (Json{{"1", 360}, {"2", 40}}));
  EXPECT_EQ(factors.at("tokens"), (Json{{"4", 360}, {"6", 40}}));
  EXPECT_EQ(factors.at("relation").at("<r_0>"), 60 + 40);
  EXPECT_EQ(factors.at("out_degree"), (Json{{"6", 60}}));
  EXPECT_EQ(factors.at("in_degree"), (Json{{"6", 60}})) << "7h + c is a permutation of 60";
  EXPECT_EQ(json.at("distinct"),
            (Json{{"heads", 60}, {"relations", 6}, {"tails", 60}, {"facts", 360}}));
  EXPECT_EQ(json.at("degree").at("out").at("mean"), 6.0);
  EXPECT_EQ(json.at("duplicates").at("questions asked twice"), 0);
}

TEST(CountFacts, FindsQuestionsAskedTwice) {
  const TemporaryFolder folder;
  const FactItem item = handmade_fact(FactType::kTestIid, 1, {2, 3});
  FactItem other = item;
  other.tokens[4] = 7;
  const FactSet data = write_facts(folder / "set", {item, item, other});
  const FactStatistics statistics = count_set(data);
  EXPECT_EQ(statistics.duplicates.at("questions asked twice"), 2U);
  EXPECT_EQ(statistics.duplicates.at("items recorded twice"), 1U);
}

TEST(CountFacts, ReadsAsATable) {
  const TemporaryFolder folder;
  const std::string text = to_text(count_set(write_training_facts(folder / "train")));
  EXPECT_THAT(text,
              testing::HasSubstr("400 questions; 60 heads, 6 relations, 60 tails, 360 facts"));
  EXPECT_THAT(text, testing::HasSubstr("out-degree: 6 to 6 facts, 6 on average, over 60 entities"));
}

TEST(CountFacts, KnowsComparisons) {
  const TemporaryFolder folder;
  const FactSet data =
      write_facts(folder / "set", {handmade_value_fact(1, 0), handmade_comparison(0, 1, 10)},
                  kHandmadeComparison);
  const Json json = to_json(count_set(data));
  EXPECT_EQ(json.at("factors").at("order"), (Json{{"equal", 1}}));
  EXPECT_EQ(json.at("degree").at("in").at("entities"), 0);
}

}  // namespace
}  // namespace recombine
