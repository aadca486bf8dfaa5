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
  EXPECT_THAT(message("count", "99999999999"), testing::HasSubstr("whole number"));
  EXPECT_THAT(message("seed", "-1"), testing::HasSubstr("from 0"));
  EXPECT_THAT(message("flag", "maybe"), testing::HasSubstr("on or off"));
  EXPECT_THAT(message("rate", ""), testing::HasSubstr("a number"));
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
