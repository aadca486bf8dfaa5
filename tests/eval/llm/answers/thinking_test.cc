// What models write to themselves.

#include "eval/llm/answers/thinking.h"

#include <gtest/gtest.h>

#include "data/text.h"
#include "eval/llm/answers/thought_marks.h"

namespace recombine {
namespace {

using Thoughts = std::vector<Thought>;

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

TEST(Thoughts, AreLeftOutAndKept) {
  const Spoken spoken = without_thinking("<think>one</think>a<think>two</think>b");
  EXPECT_EQ(spoken.text, "ab");
  EXPECT_EQ(spoken.thoughts, (Thoughts{{"think", "one\ntwo"}}));
  EXPECT_FALSE(spoken.unfinished);
}

std::string begun(const std::string& tag) { return "<" + tag + ">"; }
std::string ended(const std::string& tag) { return "</" + tag + ">"; }

TEST(Thoughts, AreFoundBetweenEveryPairOfTags) {
  for (const std::string_view tag : thought_tags()) {
    const std::string name(tag);
    for (const std::string& word : {name, upper(name)}) {
      const Spoken spoken = without_thinking(begun(word) + "no" + ended(word) + "yes");
      EXPECT_EQ(spoken.text, "yes") << word;
      EXPECT_EQ(spoken.thoughts, (Thoughts{{name, "no"}}));
      EXPECT_TRUE(without_thinking(begun(word) + "never").unfinished) << word;
      EXPECT_EQ(without_thinking("no" + ended(word) + "yes").text, "yes") << word;
    }
  }
}

TEST(Thoughts, AreFoundInTagsHoweverTheyAreWritten) {
  for (const std::string_view text :
       {"< think >no</ think >yes", R"(\<think\>no\</think\>yes)", R"(<think>no<\/think>yes)",
        "<think\n>no</think\n>yes", "\uff1cthink\uff1eno\uff1c/think\uff1eyes"}) {
    const Spoken spoken = without_thinking(text);
    EXPECT_TRUE(spoken.text.ends_with("yes")) << text;
    EXPECT_EQ(spoken.text.find("no"), std::string::npos) << text;
  }
}

TEST(Thoughts, AreFoundInTagsOfNamesThatPeopleMakeUp) {
  for (const std::string name : {"planning", "self_reflection", "m:think", "Reasoning_Process"}) {
    EXPECT_EQ(without_thinking(begun(name) + "no" + ended(name) + "yes").text, "yes") << name;
    EXPECT_FALSE(without_thinking(begun(name) + "yes").unfinished) << name;
    EXPECT_EQ(without_thinking("yes" + ended(name) + "yes").text, "yes" + ended(name) + "yes")
        << name;
  }
  for (const std::string name : {"final_analysis", "reasoned_answer", "planet", "output"})
    EXPECT_TRUE(without_thinking(begun(name) + "a" + ended(name)).thoughts.empty()) << name;
}

TEST(Thoughts, AreFoundBetweenEveryPairOfMarks) {
  for (const ThoughtMarks& marks : thought_marks()) {
    const std::string between = marks.begun_by == "A" ? "No" : "\nno\n";
    const std::string text = std::string(marks.begin) + between + std::string(marks.end) + "yes";
    const Spoken spoken = without_thinking(text);
    EXPECT_EQ(spoken.text, "yes") << text;
    ASSERT_EQ(spoken.thoughts.size(), 1U) << text;
    EXPECT_EQ(spoken.thoughts.front().kind, marks.kind);
    const Spoken never = without_thinking(std::string(marks.begin) + between);
    EXPECT_EQ(never.unfinished, marks.unclosed) << text;
  }
}

TEST(Thoughts, EndWithAnySpelling) {
  EXPECT_EQ(without_thinking("<think>no</thinking>yes").text, "yes");
  EXPECT_EQ(without_thinking("[THINK]no</think>yes").text, "yes");
  EXPECT_EQ(without_thinking("<think>no<reflection>no</reflection>no</think>yes").text, "yes");
  EXPECT_EQ(without_thinking("<think>a <think> b</think>yes").text, "yes");
  EXPECT_EQ(without_thinking("no</THINK>\nyes").text, "\nyes");
}

TEST(Thoughts, AreNotWhatMerelyLooksLikeThem) {
  for (const char* text : {"I think [0, 1] is it", "<thinker>a</thinker>", "Thinking... about it",
                           "[Analysis]\nyes", "analysis of the grid", "a < b and b > c",
                           "<details><summary>The output</summary>a</details>",
                           "Here is my thought process: short.\nyes", "<|end|>", "</details>"})
    EXPECT_EQ(without_thinking(text).text, text);
}

TEST(Thoughts, AreKeptWhereTheyNeverEnd) {
  const Spoken spoken = without_thinking("yes <think>one two");
  EXPECT_TRUE(spoken.unfinished);
  EXPECT_EQ(spoken.thoughts, (Thoughts{{"think", "one two"}}));
}

}  // namespace
}  // namespace recombine
