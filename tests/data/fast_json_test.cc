// The fast reader beside Json::parse: it may decline, and must not differ.

#include "data/fast_json.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "tests/data/formats/episode.h"

namespace recombine {
namespace {

/// Equal, of the same kinds (Json's == takes 1 for 1.0), in the same order of keys.
bool same(const Json& a, const Json& b) {
  if (a.type() != b.type() || a.size() != b.size()) return false;
  if (!a.is_structured()) return a == b;
  auto other = b.begin();
  for (auto own = a.begin(); own != a.end(); ++own, ++other) {
    if (a.is_object() && own.key() != other.key()) return false;
    if (!same(*own, *other)) return false;
  }
  return true;
}

/// Whether the fast reader took the text; it must agree then.
bool taken(const std::string& text) {
  const std::optional<Json> fast = fast_json(text);
  if (!fast) return false;
  const Json plain = Json::parse(text, nullptr, false);
  EXPECT_FALSE(plain.is_discarded()) << text;
  EXPECT_TRUE(plain.is_discarded() || same(*fast, plain)) << text;
  return true;
}

/// Long enough to be worth it.
std::string padded(const std::string& value) {
  return R"({"a text that is long enough, by itself, to be worth the fast reader's while": )" +
         value + "}";
}

TEST(FastJson, ReadsWhatIsUsual) {
  for (const char* value : {"1",
                            "0",
                            "-1",
                            "9223372036854775807",
                            "-9223372036854775808",
                            "18446744073709551615",
                            "1.0",
                            "1e0",
                            "-0.0",
                            "1E-7",
                            "2.2250738585072014e-308",
                            "4.9e-324",
                            "1.7976931348623157e308",
                            "0.1",
                            "123456789012345678.5",
                            "true",
                            "false",
                            "null",
                            "\"\"",
                            R"("\u00e4\n\"\\\/")",
                            R"("\u0000")",
                            "\"\xc3\xa4\"",
                            "[]",
                            "{}",
                            R"([[[]], {"a": [1, 2.0, "x"]}])",
                            R"({"b": 1, "a": 2, "b": 3})",
                            " [ 1 ,\t2 ,\r\n3 ] "}) {
    EXPECT_TRUE(taken(padded(value))) << value;
  }
}

TEST(FastJson, DeclinesWhatIsDoubtfulOrBad) {
  for (const char* value : {"-0",
                            "[-0, 1]",
                            "18446744073709551616",
                            "-9223372036854775809",
                            "1e999",
                            "01",
                            "1.",
                            ".5",
                            "+1",
                            "NaN",
                            "Infinity",
                            "[1,]",
                            "[1 2]",
                            "{\"a\" 1}",
                            "'a'",
                            "\"a\tb\"",
                            "\"\xff\"",
                            R"("\ud83d")",
                            R"("\udc00 x")",
                            R"("\uD83D\uDE00")",
                            "1} {",
                            "[",
                            "\"",
                            "tru"}) {
    EXPECT_FALSE(taken(padded(value))) << value;
  }
  EXPECT_FALSE(taken("\xef\xbb\xbf" + padded("1")));
  EXPECT_FALSE(taken(""));
  EXPECT_FALSE(taken(std::string(100, ' ')));
}

TEST(FastJson, IsNestedAsFarAsOthersAre) {
  const auto nested = [](std::size_t levels) {
    return std::string(levels, '[') + std::string(100, ' ') + std::string(levels, ']');
  };
  EXPECT_TRUE(taken(nested(150)));
  EXPECT_FALSE(taken(nested(kMaxJsonLevels + 1)));
  EXPECT_FALSE(taken(nested(100'000)));
}

TEST(FastJson, KeepsTheLastOfEqualKeysOfManyToo) {
  std::string text = "{";
  for (int i = 0; i < 200; ++i)
    text += '"' + std::to_string(i) + "\": [" + std::to_string(i) + "], ";
  EXPECT_TRUE(taken(text + "\"200\": 7}"));
  EXPECT_FALSE(taken(text + "\"17\": 7}")) << "left to the other";
  EXPECT_EQ(parse_json(text + "\"17\": 7}")["17"], 7);
}

TEST(FastJson, AgreesOnDamagedTexts) {
  const std::string line = read_file(golden_format("carc_generator.jsonl"));
  const std::string good = line.substr(0, line.find('\n'));
  ASSERT_TRUE(taken(good));
  std::mt19937 words(23);
  constexpr std::string_view kSigns = "0123456789-+.eE,:[]{}\"\\ u\tnfa\x80\xff";
  int read = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = good;
    for (auto changes = words() % 3 + 1; changes > 0; --changes)
      text[words() % text.size()] = kSigns[words() % kSigns.size()];
    read += taken(text) ? 1 : 0;
  }
  EXPECT_GT(read, 1000);
}

}  // namespace
}  // namespace recombine
