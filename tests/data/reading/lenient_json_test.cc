// JSON as programs write it.

#include "data/reading/lenient_json.h"

#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recombine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

LenientJson good(const std::string& text) {
  LenientJson read = read_lenient_json(text);
  EXPECT_TRUE(read.good()) << text << ": " << read.reason;
  return read;
}

std::string text_of(const std::string& text) { return good(text).json.at("t").get<std::string>(); }

TEST(LenientJson, MendsNothingInJson) {
  const LenientJson read = good(R"({"t": "NaN \\ud83d \ud83d\ude00 Infinity", "n": [1e5, -0.5]})");
  EXPECT_EQ(read.json.at("t"), "NaN \\ud83d \U0001f600 Infinity");
  EXPECT_FALSE(read.mends.any());
}

TEST(LenientJson, ReadsHalvesOfPairs) {
  EXPECT_EQ(text_of(R"({"t": "hi \ud83d output: [[1]]"})"), "hi \ufffd output: [[1]]");
  EXPECT_EQ(text_of(R"({"t": "\uDE00x"})"), "\ufffdx");
  EXPECT_EQ(text_of(R"({"t": "\ud83d\ud83d\ude00"})"), "\ufffd\U0001f600");
  EXPECT_EQ(text_of(R"({"t": "\ud83d\n\ud83d\u0041\ud83d"})"), "\ufffd\n\ufffdA\ufffd");
  EXPECT_EQ(text_of(R"({"t": "\\ud83d \\\ud83d"})"), "\\ud83d \\\ufffd");
  EXPECT_EQ(text_of("{\"t\": \"\xed\xa0\xbd\"}"), "\ufffd");
  const LenientJson read = good("{\"\\ud83d\": \"\\ude00 \xed\xa0\xbd\"}");
  EXPECT_EQ(read.mends, (JsonMends{3, 0, 0, 0}));
}

TEST(LenientJson, ReadsBytesThatAreNoUtf8) {
  EXPECT_EQ(text_of("{\"t\": \"caf\xe9!\"}"), "caf\ufffd!");
  EXPECT_EQ(text_of("{\"t\": \"\xff\xfe\"}"), "\ufffd\ufffd");
  EXPECT_EQ(text_of("{\"t\": \"\xf0\x9f\x98\"}"), "\ufffd");
  EXPECT_EQ(good("{\"t\": \"\xe9\xe8 \xc3\xa9\"}").mends, (JsonMends{0, 2, 0, 0}));
}

TEST(LenientJson, ReadsNumbersThatJsonHasNot) {
  const LenientJson read =
      good(R"({"a": NaN, "b": [Infinity, -Infinity, 1e999], "c": "NaN", "d": -nan, "e": inf})");
  EXPECT_EQ(read.json.dump(), R"({"a":null,"b":[null,null,null],"c":"NaN","d":null,"e":null})");
  EXPECT_EQ(read.mends, (JsonMends{0, 0, 6, 0}));
  EXPECT_EQ(good("[NaN,NaN]").mends.numbers, 2U);
  EXPECT_EQ(good("1e-999").mends.numbers, 0U);
}

TEST(LenientJson, ReadsControlCharactersInStrings) {
  const LenientJson read = good("{\"t\": \"a\tb\x1b[0m\"}");
  EXPECT_EQ(read.json.at("t"), "a\tb\x1b[0m");
  EXPECT_EQ(read.mends, (JsonMends{0, 0, 0, 2}));
}

TEST(LenientJson, PassesOverMarksAndLineEnds) {
  EXPECT_EQ(good("\xef\xbb\xbf{\"a\":1}\r\n").json.dump(), "{\"a\":1}");
}

TEST(LenientJson, SaysThatATextIsCutWhereItEndsInAValue) {
  const std::string whole = R"({"a": [true, -1.5e3, "x\u00e9\\"], "b": {"c": null}})";
  for (std::size_t length = 1; length < whole.size(); ++length) {
    const LenientJson read = read_lenient_json(whole.substr(0, length));
    EXPECT_TRUE(read.cut) << whole.substr(0, length);
    EXPECT_THAT(read.reason, HasSubstr("it is cut off"));
    EXPECT_TRUE(read.json.is_discarded());
  }
  EXPECT_TRUE(good(whole).json.is_object());
  EXPECT_TRUE(read_lenient_json("{\"t\": \"\\ud83d cut h").cut);
  EXPECT_TRUE(read_lenient_json("[NaN, Infinity,").cut);
  EXPECT_TRUE(read_lenient_json("{\"t\": \"\xe2\x82").cut);
}

TEST(LenientJson, SaysWhereATextIsNoJson) {
  const auto reason = [](const std::string& text) {
    const LenientJson read = read_lenient_json(text);
    EXPECT_FALSE(read.cut) << text;
    EXPECT_FALSE(read.good()) << text;
    return read.reason;
  };
  EXPECT_EQ(reason("{'a': 1}"), "is not JSON from byte 2 on: 'a': 1}");
  EXPECT_EQ(reason("{\"a\": 1} {\"b\": 2}"), "is not JSON from byte 10 on: {\"b\": 2}");
  EXPECT_EQ(reason("{\"t\": \"\\ud83d\", b}"), "is not JSON from byte 17 on: b}");
  EXPECT_EQ(reason("[1, 2,, 3]"), "is not JSON from byte 7 on: , 3]");
  EXPECT_EQ(reason(""), "is empty");
  EXPECT_EQ(reason(" \r\n"), "is empty");
  EXPECT_EQ(reason(std::string(300, '[')), "is nested deeper than 200 levels");
}

TEST(JsonValues, StandOneAfterTheOther) {
  EXPECT_THAT(json_values("{\n \"a\": \"}\\\"{\"\n}\n[\n1\n]\n{}"),
              ElementsAre("{\n \"a\": \"}\\\"{\"\n}", "[\n1\n]", "{}"));
  EXPECT_THAT(json_values("{}\n{\"a\": ["), ElementsAre("{}", "{\"a\": ["));
  EXPECT_THAT(json_values("{}, {}"), ElementsAre());
  EXPECT_THAT(json_values("text {}"), ElementsAre());
  EXPECT_THAT(json_values("{}]"), ElementsAre());
}

TEST(CutListValues, AreThoseOfAListWithoutItsEnd) {
  EXPECT_THAT(cut_list_values(" [{\"a\": 1},\n [2], {\"b\": ["),
              ElementsAre("{\"a\": 1}", "[2]", "{\"b\": ["));
  EXPECT_THAT(cut_list_values("[{}, {}"), ElementsAre("{}", "{}"));
  EXPECT_THAT(cut_list_values("[{}, 1, {}"), ElementsAre());
  EXPECT_THAT(cut_list_values("{}, {}"), ElementsAre());
  EXPECT_THAT(cut_list_values(""), ElementsAre());
}

}  // namespace
}  // namespace recombine
