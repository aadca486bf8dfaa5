// The fast reader of published lines beside the plain one: it may decline, and must not differ.

#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/carc/carc.h"
#include "data/storage/codec.h"
#include "data/storage/file.h"
#include "tests/data/formats/episode.h"

namespace recombine {
namespace {

std::string golden(const std::string& name) {
  const std::string text = read_file(golden_format(name));
  return text.substr(0, text.find('\n'));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  return text.replace(place, from.size(), to);
}

/// What the plain reader makes of a line; nothing where it refuses it.
std::optional<CarcLine> plain_line(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  try {
    return carc_line_from_json(json);
  } catch (const DataError&) {
    return std::nullopt;
  }
}

/// Whether the fast reader took the line; it must agree then, to the byte of the record.
bool taken(const std::string& text) {
  const std::optional<CarcLine> fast = fast_carc_line(text);
  if (!fast) return false;
  const std::optional<CarcLine> plain = plain_line(text);
  EXPECT_TRUE(plain.has_value()) << text;
  if (!plain) return true;
  EXPECT_EQ(encode_episode(fast->episode), encode_episode(plain->episode)) << text;
  EXPECT_EQ(fast->form, plain->form) << text;
  EXPECT_EQ(fast->old_rotation, plain->old_rotation) << text;
  return true;
}

class FastCarcLine : public testing::TestWithParam<const char*> {};

TEST_P(FastCarcLine, TakesUsualLinesInAnySpacingAndOrder) {
  const std::string line = golden(GetParam());
  EXPECT_TRUE(taken(line));
  EXPECT_TRUE(taken(Json::parse(line).dump()));
  EXPECT_TRUE(taken(nlohmann::json::parse(line).dump())) << "keys in the order of the alphabet";
  EXPECT_TRUE(taken(Json::parse(line).dump(1)));
  EXPECT_TRUE(taken(replaced(line, "\"translation\"", R"("\u0074ranslation")")));
  EXPECT_TRUE(taken(replaced(line, "\"step_size\": 1", "\"step_size\": -17")));
  EXPECT_TRUE(taken(replaced(line, "\"step_size\": 1", "\"step_size\": \"1\"")));
  EXPECT_TRUE(taken(replaced(line, "{\"direction\": \"x\", \"step_size\": 1}", "{}")));
  EXPECT_TRUE(taken(replaced(line, "[4, 0, 0, 0]", "[4, -0, 0, 0]")));
}

TEST_P(FastCarcLine, LeavesOddOnesToThePlainReader) {
  const std::string line = golden(GetParam());
  const std::vector<std::pair<std::string, std::string>> odd = {
      {"[4, 0, 0, 0]", "[4.0, 0, 0, 0]"},
      {"[4, 0, 0, 0]", "[4e0, 0, 0, 0]"},
      {"[4, 0, 0, 0]", "[10, 0, 0, 0]"},
      {"[4, 0, 0, 0]", "[18446744073709551615, 0, 0, 0]"},
      {"[4, 0, 0, 0]", "[99999999999999999999999, 0, 0, 0]"},
      {"[4, 0, 0, 0]", "[\"4\", 0, 0, 0]"},
      {"[4, 0, 0, 0]", "[true, 0, 0, 0]"},
      {"[4, 0, 0, 0]", "[4, 0, 0]"},
      {"[4, 0, 0, 0]", "[4, 0, 0, 0, 0]"},
      {"[4, 0, 0, 0], ", ""},
      {"\"translation\"", "\"transl\xc3\xa4tion\""},
      {"\"translation\"", R"("\ud83d")"},
      {"\"translation\"", "7"},
      {"\"step_size\": 1", "\"step_size\": 1.0"},
      {"\"step_size\": 1", R"("step_size": 1, "step_size": 2)"},
      {"\"step_size\": 1", "\"step_size\": null"},
      {"\"kwargs\"", R"("more": 1, "kwargs")"},
      {"\"meta_data\"", R"("meta_data": 1, "meta_data")"},
      {"\"meta_data\"", R"("id": "e0", "meta_data")"},
      {"\"meta_data\"",
       "\"deep\": " + std::string(90, '[') + std::string(90, ']') + ", \"meta_data\""},
      {"\"queries\"", "\"questions\""},
  };
  for (const auto& [from, to] : odd) EXPECT_FALSE(taken(replaced(line, from, to))) << to;
  // Those of them that mean something are read all the same.
  EXPECT_EQ(
      parse_carc_line(replaced(line, "\"meta_data\"", "\"id\": 5, \"meta_data\""), "e0").episode,
      parse_carc_line(line, "e0").episode);
  EXPECT_FALSE(taken(line + "{}"));
  EXPECT_FALSE(taken(line.substr(0, line.size() - 1)));
  EXPECT_FALSE(taken(""));
}

TEST_P(FastCarcLine, AgreesOnDamagedLines) {
  const std::string line = golden(GetParam());
  std::mt19937 words(1860);
  constexpr std::string_view kSigns = "0123456789-.e,[]{}\" ";
  int read = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = line;
    for (auto changes = words() % 4 + 1; changes > 0; --changes)
      text[words() % text.size()] = kSigns[words() % kSigns.size()];
    read += taken(text) ? 1 : 0;
  }
  EXPECT_GT(read, 500);
}

INSTANTIATE_TEST_SUITE_P(Forms,
                         FastCarcLine,
                         testing::Values("carc_generator.jsonl", "carc_split.jsonl"),
                         [](const testing::TestParamInfo<const char*>& form) {
                           const std::string name = form.param;
                           return name.substr(5, name.find('.') - 5);
                         });

}  // namespace
}  // namespace recombine
