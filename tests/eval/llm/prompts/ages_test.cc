// Questions of worlds in which entities are compared, and which facts of any world are told.

#include <algorithm>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "eval/llm/prompts/asker.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade_facts.h"

namespace recombine {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Lines = std::set<std::string>;

/// The lines of a prompt that begin with an entity: its facts.
Lines facts_in(const Question& question) {
  Lines facts;
  std::istringstream lines(question.text);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.starts_with("e_")) facts.insert(line);
  }
  return facts;
}

Question asked(const FactSet& data, const FactItem& item, const PromptConfig& config) {
  return FactAsker(data, config, "").questions(item).front();
}

PromptConfig with_context(const char* context, int facts = 40) {
  PromptConfig config;
  config.context = context;
  config.facts = facts;
  return config;
}

/// 12 entities with 2 attributes of 4 values; every fourth is OOD.
class AgeWorld {
 public:
  explicit AgeWorld(const char* task) : vocabulary_{task, 12, 2, 4} {}

  static bool is_ood(Token entity) { return entity % 4 == 0; }

  FactItem value_item(Token entity, int attribute) const {
    const FactVocabulary& v = vocabulary_;
    const Token value = v.value(value_of(entity, attribute));
    const FactType type = is_ood(entity) ? FactType::kOodAtomic : FactType::kIdAtomic;
    if (!complex()) return item(type, {entity, v.relation(attribute)}, value);
    return item(type, {v.question(), entity, v.relation(attribute), v.mask(), v.question_end()},
                value);
  }

  FactItem pair_item(FactType type, int attribute, Token x, Token y) const {
    const FactVocabulary& v = vocabulary_;
    const int a = value_of(x, attribute);
    const int b = value_of(y, attribute);
    std::vector<Token> question = {v.relation(attribute), v.question(), x, v.mask(), y};
    if (complex()) question.push_back(v.question_end());
    return item(type, question, v.label(attribute, a < b ? 0 : a == b ? 1 : 2));
  }

  /// Values (of ID entities alone, in the complex task), and every comparison with an ID entity.
  std::vector<FactItem> train() const {
    std::vector<FactItem> items;
    for (int attribute = 0; attribute < 2; ++attribute) {
      for (Token x = 0; x < 12; ++x) {
        if (!complex() || !is_ood(x)) items.push_back(value_item(x, attribute));
        for (Token y = 0; y < 12; ++y) {
          if (x == y || (is_ood(x) && is_ood(y))) continue;
          items.push_back(pair_item(FactType::kTrainInferred, attribute, x, y));
        }
      }
    }
    return items;
  }

  const FactVocabulary& vocabulary() const { return vocabulary_; }

 private:
  static int value_of(Token entity, int attribute) {
    return (3 * static_cast<int>(entity) + 5 * attribute) % 4;
  }
  bool complex() const { return vocabulary_.task == "complex"; }

  FactItem item(FactType type, std::vector<Token> question, Token answer) const {
    FactItem item;
    item.type = type;
    item.tokens = std::move(question);
    item.prompt = static_cast<int>(item.tokens.size());
    if (complex()) item.tokens.push_back(vocabulary_.answer());
    item.tokens.insert(item.tokens.end(), {answer, vocabulary_.end()});
    item.id = vocabulary_.id(item.question());
    return item;
  }

  FactVocabulary vocabulary_;
};

class Ages : public testing::Test {
 protected:
  Ages() {
    for (const char* task : {"complex", "comparison"}) {
      const AgeWorld world(task);
      const auto write = [&](const char* set, const std::vector<FactItem>& items) {
        write_facts(folder_ / task / set, items, world.vocabulary());
      };
      write("train", world.train());
      write("pairs", {world.pair_item(FactType::kTestHard, 0, 0, 4)});
      write("values", {world.value_item(1, 0)});
    }
  }

  FactSet set(const char* name) const { return FactSet(folder_ / name); }

  TemporaryFolder folder_;
};

TEST_F(Ages, AreAskedAsThePredecessorDid) {
  const FactSet hard = set("complex/pairs");
  const Question question = asked(hard, hard[0], with_context("needed"));
  EXPECT_EQ(question.item, "r0.e0.e4");
  EXPECT_THAT(question.text, HasSubstr("Question: Is e_0 younger than e_4, older than e_4, or are "
                                       "both of the same age?\n"));
  EXPECT_THAT(question.text, HasSubstr("younger, same age, older or cannot decide"));
  EXPECT_THAT(question.text, Not(HasSubstr("attr_")));
  EXPECT_THAT(question.text, Not(HasSubstr("{{")));
  EXPECT_EQ(question.target, "same age");  // both are 0
  EXPECT_EQ(question.words, 1);
}

TEST_F(Ages, TellTheValuesOfBothWhereTheyAreTrained) {
  const FactSet data = set("comparison/pairs");
  const FactItem item = data[0];  // by attribute 0, e_0 and e_4
  EXPECT_EQ(facts_in(asked(data, item, with_context("needed"))),
            (Lines{"e_0 is 0 years old.", "e_4 is 0 years old."}));
  const Lines some = facts_in(asked(data, item, with_context("some", 7)));
  EXPECT_EQ(some.size(), 7U);
  EXPECT_TRUE(some.contains("e_0 is 0 years old."));
  EXPECT_EQ(facts_in(asked(data, item, with_context("all"))).size(), 12U) << "of the attribute";
}

TEST_F(Ages, TellComparisonsOfThoseWithoutAValue) {
  const FactSet hard = set("complex/pairs");
  const Lines needed = facts_in(asked(hard, hard[0], with_context("needed")));
  EXPECT_FALSE(needed.contains("e_0 is 0 years old.")) << "is not trained";
  EXPECT_TRUE(needed.contains("e_1 is 3 years old."));
  EXPECT_TRUE(needed.contains("e_0 is younger than e_1."));
  EXPECT_TRUE(needed.contains("e_1 is older than e_0."));
  for (const std::string& line : needed)
    EXPECT_FALSE(line.find("e_8 ") != std::string::npos || line.ends_with("e_8.")) << line;
  // Of both directions with 9 ID entities, and these entities' values.
  EXPECT_EQ(needed.size(), 2U * 2 * 9 + 9);
  const Lines all = facts_in(asked(hard, hard[0], with_context("all")));
  EXPECT_EQ(all.size(), 2U * 3 * 9 + 9) << "not the comparisons that the values give";
  EXPECT_TRUE(std::ranges::includes(all, needed));
}

TEST_F(Ages, AreAskedWithoutAnyFact) {
  const FactSet hard = set("complex/pairs");
  const Question question = asked(hard, hard[0], with_context("none"));
  EXPECT_TRUE(facts_in(question).empty());
  EXPECT_THAT(question.text, AllOf(Not(HasSubstr("Facts:")), HasSubstr("Question: Is e_0")));
  EXPECT_EQ(question.target, asked(hard, hard[0], with_context("all")).target);
}

TEST_F(Ages, MayBeWorkedOutFirst) {
  const FactSet hard = set("complex/pairs");
  PromptConfig config;
  EXPECT_THAT(asked(hard, hard[0], config).text, HasSubstr("Write one line and nothing else."));
  config.steps = true;
  EXPECT_THAT(asked(hard, hard[0], config).text,
              AllOf(HasSubstr("First write down the steps"), Not(HasSubstr("nothing else"))));
}

TEST_F(Ages, AreAskedByThemselves) {
  const FactSet data = set("complex/values");
  const Question question = asked(data, data[0], with_context("needed"));
  EXPECT_THAT(question.text, HasSubstr("Question: How old is e_1?"));
  EXPECT_EQ(question.target, "3");
  EXPECT_EQ(facts_in(question), Lines{"e_1 is 3 years old."});
}

TEST_F(Ages, HaveNoBridges) {
  PromptConfig config;
  config.bridge = "on";
  EXPECT_THAT(message_of<InputError>([&] { FactAsker(set("complex/pairs"), config, ""); }),
              HasSubstr("--bridge on: has no meaning where entities are compared"));
}

TEST(Contexts, OfCompositions) {
  const TemporaryFolder folder;
  write_training_facts(folder / "train");
  const FactSet data = write_composed_facts(folder / "test", FactType::kTestOod, {2, 3}, 4);
  const FactItem item = data[1];
  EXPECT_EQ(facts_in(asked(data, item, with_context("needed"))).size(), 2U);
  EXPECT_EQ(facts_in(asked(data, item, with_context("some", 9))).size(), 9U);
  EXPECT_EQ(facts_in(asked(data, item, with_context("all", 9))).size(), 360U);
  const Question bare = asked(data, item, with_context("none"));
  EXPECT_TRUE(facts_in(bare).empty());
  EXPECT_THAT(bare.text, HasSubstr("Question: e_1 r_2 r_3\n"));
  EXPECT_EQ(bare.target, asked(data, item, with_context("some")).target);
}

TEST(Contexts, AreNeededUnlessNoneIsTold) {
  const TemporaryFolder folder;
  const FactSet data = write_composed_facts(folder / "test", FactType::kTestOod, {2, 3}, 4);
  EXPECT_THAT(message_of<DataError>([&] { FactAsker(data, with_context("some"), ""); }),
              HasSubstr("there is no set 'train'"));
  const Question bare = asked(data, data[0], with_context("none"));
  EXPECT_EQ(bare.target, cat("e_", data[0].path[1], " e_", data[0].path[2]));
}

}  // namespace
}  // namespace recombine
