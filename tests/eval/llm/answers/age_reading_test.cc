// What a person reads in an answer about two ages, and what the published rule makes of it.

#include "eval/llm/answers/age_reading.h"

#include <gtest/gtest.h>

#include "tests/eval/handmade_facts.h"

namespace recombine {
namespace {

constexpr const char* kAsked = "r1.e12.e30";  // e_12 beside e_30, by attribute 1

struct AgeCase {
  const char* text;
  int order;  ///< 0 younger, 1 same age, 2 older; -1: nothing is read
  const char* strictness_or_reason;
};

FactReading read_pair(const char* text, bool cut = false) {
  return read_age(text, kAsked, kHandmadeComparison, cut);
}

TEST(AgeReading, ReadsWhatAPersonReads) {
  const std::vector<AgeCase> cases = {
      {"output: older", 2, "strict"},
      {"younger", 0, "strict"},
      {"They are of the same age.", 1, "strict"},
      {"e_30 is 5, e_12 is 7.\nfinal answer: older", 2, "strict"},
      {"**Output:** Older", 2, "marked"},
      {"e_30 is younger than e_44.\ne_44 is older.\n\noutput: same age", 1, "strict"},
      {"OUTPUT:\n\nolder", 2, "strict"},
      {"output: e_30 is younger", 2, "marked"},
      {"The answer is that e_30 is older than e_12.", 0, "marked"},
      {"the older one is e_30", 0, "last"},
      {"e_12 is older, so e_30 is younger", 2, "last"},
      {"output: not younger, older", 2, "marked"},
      {"output: older, not of the same age", 2, "strict"},
      {"output: isn't younger. Older", 2, "marked"},
      {"output: e\\_30 is older", 0, "marked"},
      {"Is e_12 younger than e_30? Answer: older", 2, "marked"},
      {"attr_1_2", 2, "last"},
      {"output: equal", 1, "marked"},
      {"<think>output: younger</think>output: older", 2, "marked"},
      {"output: younger\nWait. The answer is older", 2, "marked"},
      {"output: cannot decide", -1, "cannot decide"},
      {"It cannot be determined who is older.", -1, "cannot decide"},
      {"final answer: cannot decide whether older or younger", -1, "cannot decide"},
      {"output: older or younger", -1, "two answers"},
      {"output: e_12", -1, "no comparison"},
      {"", -1, "empty answer"},
      {"<think>output: older", -1, "thinking never ended"},
  };
  for (const AgeCase& wanted : cases) {
    const FactReading reading = read_pair(wanted.text);
    const std::vector<Token> tokens = wanted.order < 0
                                          ? std::vector<Token>{}
                                          : std::vector{kHandmadeComparison.label(1, wanted.order)};
    EXPECT_EQ(reading.entities, tokens) << wanted.text;
    EXPECT_EQ(reading.strictness + reading.reason, wanted.strictness_or_reason) << wanted.text;
  }
  EXPECT_EQ(read_pair("e_12 is older than e_4, and", true).reason, "cut off");
  EXPECT_EQ(read_pair("output: older", true).reason, "");
}

TEST(AgeReading, KeepsThePublishedRule) {
  const auto strict = [](const char* text) {
    const FactReading reading = read_pair(text);
    if (!reading.strict) return -1;
    return static_cast<int>(reading.strictly.front() - kHandmadeComparison.label(1, 0));
  };
  EXPECT_EQ(strict("e_12 is older"), 2);
  EXPECT_EQ(strict("older, not younger"), -1) << "both words";
  EXPECT_EQ(strict("Older"), -1) << "a direct answer is compared as it is written";
  EXPECT_EQ(strict("younger than older people? Final Answer: Younger"), 0);
  EXPECT_EQ(strict("final answer: older\nno, final answer: same age"), 1);
  EXPECT_EQ(strict("final answer: cannot decide if older"), -1);
  EXPECT_EQ(strict("cannot decide"), -1);
  EXPECT_EQ(strict("e_30 is older"), 2) << "whoever is the subject";
  EXPECT_EQ(read_pair("e_30 is older").entities.front(), kHandmadeComparison.label(1, 0));
}

TEST(AgeReading, GivesTheFormOfTheComplexTask) {
  FactVocabulary complex = kHandmadeComparison;
  complex.task = "complex";
  EXPECT_EQ(read_age("output: older", kAsked, complex).entities,
            (std::vector{complex.answer(), complex.label(1, 2)}));
  EXPECT_EQ(read_age("output: 7", "e12.r1", complex).entities,
            (std::vector{complex.answer(), complex.value(7)}));
}

TEST(AgeReading, ReadsValues) {
  const auto read = [](const char* text) { return read_age(text, "e12.r1", kHandmadeComparison); };
  for (const char* text : {"output: 7", "7", "e_12 is 7 years old.", "e_30 is 3.\nAnswer: 7 years",
                           "output: \uff17"}) {
    EXPECT_EQ(read(text).entities, std::vector{kHandmadeComparison.value(7)}) << text;
  }
  EXPECT_EQ(read("output: 7").strictness, "strict");
  EXPECT_EQ(read("It is 7").strictness, "last");
  EXPECT_EQ(read("output: 99").reason, "unknown value");
  EXPECT_EQ(read("output: e_12").reason, "no number");
}

}  // namespace
}  // namespace recombine
