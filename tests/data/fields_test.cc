#include "data/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/text.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

struct Sample {
  bool flag = false;
  int count = 3;
  std::uint64_t seed = 1;
  double rate = 0.1;
  std::string name = "a";
  Names list = {"x", "y"};

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("flag", self.flag, "a switch");
    visit("count", self.count, "a number");
    visit("seed", self.seed, "a large number");
    visit("rate", self.rate, "a fraction");
    visit("name", self.name, "a word");
    visit("list", self.list, "words");
  }
};

TEST(Fields, AreWrittenAndReadBackExactly) {
  Sample from;
  from.rate = 0.1 + 0.2;
  from.seed = ~std::uint64_t{0};
  from.list = {"p", "q", "r"};
  Sample to;
  for (const Field& field : describe(from)) EXPECT_TRUE(assign(to, field.name, field.value));
  EXPECT_EQ(describe(to), describe(from));
}

TEST(Fields, ThatChangedAreARecipe) {
  Sample sample;
  sample.count = 4;
  const auto changed = changed_fields(sample);
  ASSERT_EQ(changed.size(), 1U);
  EXPECT_EQ(changed[0].name, "count");
  EXPECT_EQ(changed[0].value, "4");
}

TEST(Fields, RefuseWhatIsNoValue) {
  Sample sample;
  EXPECT_FALSE(assign(sample, "colour", "1"));
  const auto message = [&](const char* name, const char* text) {
    return message_of<InputError>([&] { assign(sample, name, text); });
  };
  EXPECT_THAT(message("count", "4x"), testing::HasSubstr("--count 4x"));
  EXPECT_THAT(message("count", "4.5"), testing::HasSubstr("whole number"));
  EXPECT_THAT(message("count", "99999999999"), testing::HasSubstr("at most 2147483647"));
  EXPECT_THAT(message("seed", "-1"), testing::HasSubstr("from 0"));
  EXPECT_THAT(message("flag", "maybe"), testing::HasSubstr("on or off"));
  EXPECT_THAT(message("rate", ""), testing::HasSubstr("a number"));
}

struct Noted {
  int layers = 3;
  double rate = 0.5;
  std::string state = "board";
  std::string checkpoint = "last";
  Names kinds = {"plain"};
  bool indicator = true;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("layers", self.layers, "blocks", {.range = between(1, 1024)});
    visit("rate", self.rate, "a share", {.range = from_to_below(0, 1)});
    visit("state", self.state, "what goes on",
          {.read_by = {"executor", "fast"}, .values = {"board", {"latent", "tokens"}}});
    visit("checkpoint", self.checkpoint, "which", {.values = {"last"}, .or_else = "a step"});
    visit("kinds", self.kinds, "which ones", {.values = {"plain", "aux", "copy"}});
    visit("indicator", self.indicator, "is known", {.was = {"scene"}});
  }
};

/// What check_fields() says after the field was set.
std::string complaint(const std::string& name, const std::string& text) {
  Noted config;
  EXPECT_TRUE(assign(config, name, text));
  try {
    check_fields(config, "model.");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(FieldNotes, SayWhatAValueMayBe) {
  EXPECT_EQ(complaint("layers", "1024"), "");
  EXPECT_EQ(complaint("layers", "0"), "--model.layers 0: must be 1..1024");
  EXPECT_EQ(complaint("rate", "1"), "--model.rate 1: must be from 0 to below 1");
  EXPECT_EQ(complaint("rate", "nan"), "--model.rate nan: must be from 0 to below 1");
  EXPECT_EQ(complaint("state", "latnet"),
            "--model.state latnet: must be board or latent; did you mean latent?");
  EXPECT_EQ(complaint("checkpoint", "500"), "");
  EXPECT_EQ(complaint("kinds", "plain,copi"),
            "--model.kinds copi: must be plain, aux or copy; did you mean copy?");
}

TEST(FieldNotes, AreInTheHelp) {
  std::vector<std::string> helps;
  for (const Field& field : describe(Noted{})) helps.push_back(full_help(field.help, field.notes));
  EXPECT_THAT(helps, testing::ElementsAre(
                         "blocks; 1..1024", "a share; from 0 to below 1",
                         "what goes on (for executor or fast): board | latent (tokens)",
                         "which: last | a step", "which ones: plain | aux | copy", "is known"));
}

TEST(FieldNotes, KeepOlderNames) {
  Noted config;
  EXPECT_TRUE(assign(config, "scene", "off"));
  EXPECT_FALSE(config.indicator);
  ASSERT_EQ(changed_fields(config).size(), 1U);
  EXPECT_EQ(changed_fields(config)[0].name, "indicator");
}

TEST(Text, FindsTheNearestName) {
  const std::vector<std::string> known = {"translation", "mirror", "rotation"};
  EXPECT_EQ(nearest_name("rotaton", known), "rotation");
  EXPECT_EQ(nearest_name("x", {}), "");
}

TEST(Text, SplitsAndTrims) {
  EXPECT_EQ(split_text(" a, b ,,c", ','), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(split_text("", ',').empty());
}

}  // namespace
}  // namespace recombine
