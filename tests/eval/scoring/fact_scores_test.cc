#include "eval/scoring/fact_scores.h"

#include <gtest/gtest.h>

#include "tests/eval/handmade_facts.h"

namespace recombine {
namespace {

const FactVocabulary kWords = kHandmadeWorld;

/// From e1 along r2 and r3: e32, e20.
const FactItem kTwoHop = handmade_fact(FactType::kTestOod, 1, {2, 3});

FactScore score(const std::string& output, const std::string& forced = "") {
  return score_fact(kTwoHop, read_fact_answer(output, kWords), forced, kWords);
}

TEST(FactAnswer, EndsAtItsFirstEnd) {
  EXPECT_EQ(read_fact_answer("<e_3><e_4></a><e_5>", kWords).tokens, (std::vector<Token>{3, 4}));
  EXPECT_EQ(read_fact_answer("<e_3> <e_4>\n</a>", kWords).tokens, (std::vector<Token>{3, 4}));
  EXPECT_EQ(read_fact_answer("<e_3></a> and so on", kWords).tokens, (std::vector<Token>{3}));
  EXPECT_TRUE(read_fact_answer("</a>", kWords).tokens.empty());
  EXPECT_EQ(read_fact_answer("</a>", kWords).invalid, "");
}

TEST(FactAnswer, IsInvalidWhereItIsNoTokens) {
  EXPECT_EQ(read_fact_answer("", kWords).invalid, "no output");
  EXPECT_EQ(read_fact_answer(" \n", kWords).invalid, "no output");
  for (const char* text : {"e_3", "<e_60></a>", "the answer is <e_3></a>", "<e_3"})
    EXPECT_EQ(read_fact_answer(text, kWords).invalid, "not tokens of the vocabulary") << text;
}

TEST(FactScore, TakesTheWholeAnswer) {
  EXPECT_EQ(score("<e_32><e_20></a>"), (FactScore{true, true, true, false}));
  EXPECT_TRUE(score("<e_32><e_20>").exact) << "what follows the answer is cut, and so is its end";
  EXPECT_FALSE(score("<e_32><e_20><e_20></a>").exact);
}

TEST(FactScore, TellsBridgeAndAnswerApart) {
  EXPECT_EQ(score("<e_32><e_21></a>"), (FactScore{false, true, false, false}));
  EXPECT_EQ(score("<e_33><e_20></a>"), (FactScore{false, false, true, false}));
  EXPECT_EQ(score("<e_20></a>"), (FactScore{false, false, true, false}));
  EXPECT_EQ(score("</a>"), (FactScore{false, false, false, false}));
  EXPECT_EQ(score("nonsense"), (FactScore{false, false, false, false}));
}

TEST(FactScore, ReadsTheAnswerGivenTheBridgeFromWhatWasForced) {
  EXPECT_EQ(score("<e_33><e_1></a>", "<e_33><e_20></a>").answer_given_bridge, true);
  EXPECT_EQ(score("<e_32><e_20></a>", "<e_32><e_21></a>").answer_given_bridge, false);
  EXPECT_EQ(score("<e_1></a>", "</a><e_20></a>").answer_given_bridge, true)
      << "a forced </a> takes a place and ends nothing";
  EXPECT_EQ(score("<e_32><e_20></a>", "<e_32>").answer_given_bridge, false);
}

TEST(FactScore, HasNoBridgeWhereTheAnswerHasNone) {
  for (const FactItem& item : {handmade_fact(FactType::kTestOod, 1, {2, 3}, false),
                               handmade_fact(FactType::kIdAtomic, 20, {0})}) {
    const std::string truth = kWords.text(item.answer());
    EXPECT_EQ(score_fact(item, read_fact_answer(truth, kWords), truth, kWords),
              (FactScore{true, {}, true, {}}));
  }
}

TEST(FactScore, TakesAllBridgesOfThreeHops) {
  const FactItem item = handmade_fact(FactType::kTest3HopOod, 1, {2, 3, 4});
  EXPECT_EQ(bridge_places(item, kWords), (std::vector<std::size_t>{0, 1}));
  std::string truth = kWords.text(item.answer());
  EXPECT_EQ(score_fact(item, read_fact_answer(truth, kWords), truth, kWords),
            (FactScore{true, true, true, true}));
  const std::string tail = kWords.text(item.path.back());
  EXPECT_EQ(
      score_fact(item, read_fact_answer("<e_32><e_0>" + tail + "</a>", kWords), "", kWords).bridge,
      false);
  EXPECT_EQ(
      score_fact(item, read_fact_answer("<e_0><e_20>" + tail + "</a>", kWords), "", kWords).bridge,
      false);
}

TEST(FactScore, OfAComparisonIsItsLabel) {
  const FactItem item = handmade_comparison(0, 1, 10);
  const FactVocabulary& words = kHandmadeComparison;
  EXPECT_EQ(score_fact(item, read_fact_answer("<attr_0_1></a>", words), "", words),
            (FactScore{true, {}, true, {}}));
  EXPECT_FALSE(score_fact(item, read_fact_answer("<attr_0_2></a>", words), "", words).exact);
}

}  // namespace
}  // namespace recombine
