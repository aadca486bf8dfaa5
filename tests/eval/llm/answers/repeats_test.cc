// Which of several answers counts.

#include "eval/llm/answers/repeats.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "data/error.h"

namespace recombine {
namespace {

Response answer(const std::string& text, ResponseState state = ResponseState::kAnswered) {
  return {"i", state, text, "", {}};
}

/// Which text counts; the vote of an answer is its first letter, that of "?" is none.
std::string chosen(const std::vector<Response>& all, Repeats repeats) {
  RequestAnswers answers;
  for (const Response& one : all) answers.push_back(&one);
  const auto vote = [](const Response& one) {
    return one.text.starts_with('?') ? std::string() : one.text.substr(0, 1);
  };
  const Response* found = chosen_answer(answers, repeats, vote);
  return found == nullptr ? "none" : found->text;
}

TEST(Repeats, CountTheFirstTheLastOrWhatMostSay) {
  const std::vector<Response> all = {answer("b1"), answer("a"), answer("b2"), answer("c")};
  EXPECT_EQ(chosen(all, Repeats::kFirst), "b1");
  EXPECT_EQ(chosen(all, Repeats::kAll), "b1");
  EXPECT_EQ(chosen(all, Repeats::kLast), "c");
  EXPECT_EQ(chosen(all, Repeats::kMajority), "b1");
}

TEST(Repeats, PreferAnAnswerToNone) {
  const std::vector<Response> all = {
      answer("e", ResponseState::kErrored), answer("r", ResponseState::kRefused),
      answer("c", ResponseState::kCut), answer("a"), answer("o", ResponseState::kOtherwise)};
  for (const Repeats repeats : {Repeats::kFirst, Repeats::kLast, Repeats::kMajority})
    EXPECT_EQ(chosen(all, repeats), "a");
  EXPECT_EQ(chosen({}, Repeats::kFirst), "none");
  EXPECT_EQ(chosen({all[0], all[1], all[2]}, Repeats::kLast), "c");
}

TEST(Repeats, VoteWithoutWhatCannotBeReadAndInAnyOrder) {
  std::vector<Response> all = {answer("?x"), answer("?y"), answer("b"),
                               answer("a2"), answer("a1"), answer("b0")};
  EXPECT_EQ(chosen(all, Repeats::kMajority), "a1") << "a tie: the first in the alphabet";
  std::ranges::reverse(all);
  EXPECT_EQ(chosen(all, Repeats::kMajority), "a1");
  EXPECT_EQ(chosen({answer("?y"), answer("?x")}, Repeats::kMajority), "?x");
}

TEST(Repeats, HaveNames) {
  EXPECT_EQ(find_repeats("majority"), Repeats::kMajority);
  EXPECT_EQ(find_repeats("all"), Repeats::kAll);
  EXPECT_THROW(find_repeats("most"), InputError);
}

}  // namespace
}  // namespace recombine
