#include "eval/errors/fact_errors.h"

#include <gtest/gtest.h>

#include "eval/errors/kinds.h"
#include "tests/eval/handmade_facts.h"

namespace recombine {
namespace {

bool to_even(Token, Token entity) { return entity % 2 == 0; }

std::string_view kind_of(const FactItem& item,
                         std::string_view said,
                         const FactVocabulary& vocabulary = kHandmadeWorld) {
  return explain_fact(item, vocabulary.parse(said).value(), vocabulary, to_even).kind;
}

/// 1 -> 32 -> 20.
FactItem two_hops(bool chain) { return handmade_fact(FactType::kTestOod, 1, {2, 3}, chain); }

TEST(FactErrors, NameTheHopOfAChainThatIsWrong) {
  const FactItem item = two_hops(true);
  EXPECT_EQ(kind_of(item, "<e_5><e_20>"), error_kind::kBridge);
  EXPECT_EQ(kind_of(item, "<e_5><e_6>"), error_kind::kBridge);
  EXPECT_EQ(kind_of(item, "<e_5>"), error_kind::kBridge);
  EXPECT_EQ(kind_of(item, "<e_32><e_1>"), error_kind::kLastHop);
  EXPECT_EQ(kind_of(item, "<e_32><r_1>"), error_kind::kLastHop);
}

TEST(FactErrors, NameAnAnswerThatIsTheBridge) {
  EXPECT_EQ(kind_of(two_hops(true), "<e_32>"), error_kind::kAnswerIsBridge);
  EXPECT_EQ(kind_of(two_hops(true), "<e_32><e_32>"), error_kind::kAnswerIsBridge);
  EXPECT_EQ(kind_of(two_hops(false), "<e_32>"), error_kind::kAnswerIsBridge);
  FactItem unknown = two_hops(false);
  unknown.path.clear();
  EXPECT_EQ(kind_of(unknown, "<e_32>"), error_kind::kRightType);
}

TEST(FactErrors, NameAnswersInAnotherForm) {
  EXPECT_EQ(kind_of(two_hops(true), "<e_20>"), error_kind::kBridgeLeftOut);
  EXPECT_EQ(kind_of(two_hops(true), "<e_32><e_20><e_1>"), error_kind::kWrongForm);
  EXPECT_EQ(kind_of(two_hops(false), "<e_32><e_20>"), error_kind::kWrongForm);
}

TEST(FactErrors, NameEntitiesThatTheLastRelationLeadsTo) {
  EXPECT_EQ(kind_of(two_hops(false), "<e_6>"), error_kind::kRightType);
  EXPECT_EQ(kind_of(two_hops(false), "<e_5>"), error_kind::kNone);
  EXPECT_EQ(kind_of(two_hops(false), "<r_2>"), error_kind::kNone);
  const FactItem atomic = handmade_fact(FactType::kIdAtomic, 1, {2});
  EXPECT_EQ(kind_of(atomic, "<e_6>"), error_kind::kRightType);
  EXPECT_EQ(kind_of(atomic, "<e_7>"), error_kind::kNone);
  EXPECT_EQ(kind_of(atomic, ""), error_kind::kNone);
}

// 1 -> 32 -> 20 -> 34.
TEST(FactErrors, GoThroughAnyNumberOfHops) {
  const FactItem item = handmade_fact(FactType::kTest3HopOod, 1, {2, 3, 1});
  EXPECT_EQ(kind_of(item, "<e_32><e_7><e_34>"), error_kind::kBridge);
  EXPECT_EQ(kind_of(item, "<e_32><e_20>"), error_kind::kAnswerIsBridge);
  EXPECT_EQ(kind_of(item, "<e_32><e_20><e_32>"), error_kind::kAnswerIsBridge);
  EXPECT_EQ(kind_of(item, "<e_32><e_20><e_9>"), error_kind::kLastHop);
  EXPECT_EQ(kind_of(item, "<e_34>"), error_kind::kBridgeLeftOut);
}

TEST(FactErrors, NameATruthThatNoiseHides) {
  FactItem item = two_hops(true);
  item.noisy = true;
  item.tokens[4] = 9;  // of the answer, the last
  EXPECT_EQ(kind_of(item, "<e_32><e_20>"), error_kind::kNoiseUndone);
  EXPECT_EQ(kind_of(item, "<e_32><e_8>"), error_kind::kLastHop);
  item = two_hops(false);
  item.noisy = true;
  item.tokens[3] = 9;
  EXPECT_EQ(kind_of(item, "<e_20>"), error_kind::kNoiseUndone);
  EXPECT_EQ(kind_of(item, "<e_32>"), error_kind::kAnswerIsBridge);
}

TEST(FactErrors, TellLabelsAndValuesApart) {
  const FactVocabulary& words = kHandmadeComparison;
  const FactItem item = handmade_comparison(1, 3, 4);
  const Token truth = item.answer().front();
  for (const Token label : {words.label(1, 0), words.label(1, 1), words.label(1, 2)}) {
    if (label == truth) continue;
    EXPECT_EQ(kind_of(item, words.text(label), words), error_kind::kRightType);
  }
  EXPECT_EQ(kind_of(item, words.text(words.label(0, 0)), words), error_kind::kNone);
  EXPECT_EQ(kind_of(item, words.text(words.value(3)), words), error_kind::kNone);
  EXPECT_EQ(kind_of(item, words.text(words.answer()) + words.text(truth), words),
            error_kind::kWrongForm);
  const FactItem value = handmade_value_fact(3, 1);  // 16 % 9 = 7
  EXPECT_EQ(kind_of(value, words.text(words.value(2)), words), error_kind::kRightType);
  EXPECT_EQ(kind_of(value, words.text(words.label(1, 0)), words), error_kind::kNone);
}

}  // namespace
}  // namespace recombine
