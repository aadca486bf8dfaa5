// Texts of other machines.

#include "data/reading/text_encoding.h"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "data/visible_text.h"

namespace recombine {
namespace {

using namespace std::string_literals;

/// ASCII as UTF-16 of either order.
std::string wide(const std::string& text, bool big) {
  std::string bytes;
  for (const char c : text) bytes += big ? std::string{'\0', c} : std::string{c, '\0'};
  return bytes;
}

TEST(DecodeText, TellsEncodingsByTheirMarks) {
  const DecodedText plain{"a\u00e9", "UTF-8", 0};
  EXPECT_EQ(decode_text("a\u00e9"), plain);
  EXPECT_EQ(decode_text("\xef\xbb\xbf"s + "a\u00e9"), plain);
  EXPECT_EQ(decode_text("\xff\xfe"s + "a\0\xe9\0"s), (DecodedText{"a\u00e9", "UTF-16LE", 0}));
  EXPECT_EQ(decode_text("\xfe\xff"s + "\0a\0\xe9"s), (DecodedText{"a\u00e9", "UTF-16BE", 0}));
  EXPECT_EQ(decode_text("\xff\xfe\0\0a\0\0\0\xe9\0\0\0"s), (DecodedText{"a\u00e9", "UTF-32LE", 0}));
  EXPECT_EQ(decode_text("\0\0\xfe\xff\0\0\0a\0\0\0\xe9"s), (DecodedText{"a\u00e9", "UTF-32BE", 0}));
  EXPECT_EQ(decode_text(""), (DecodedText{"", "UTF-8", 0}));
}

TEST(DecodeText, TellsUtf16WithoutAMark) {
  const std::string text = "output: [[0, 1], [2, 3]]\r\n";
  EXPECT_EQ(decode_text(wide(text, false)), (DecodedText{text, "UTF-16LE", 0}));
  EXPECT_EQ(decode_text(wide(text, true)), (DecodedText{text, "UTF-16BE", 0}));
  // Half of it in another script: three letters, whose bytes are those of "B0D0F0".
  const std::string mixed = wide(R"({"text": ")", false) + "B0D0F0" + wide("\"}", false);
  EXPECT_EQ(decode_text(mixed).text, "{\"text\": \"\u3042\u3044\u3046\"}");
  EXPECT_EQ(decode_text(text).encoding, "UTF-8");
  EXPECT_EQ(decode_text("a\0b"s).text, "a\0b"s) << "a zero alone says nothing";
}

TEST(DecodeText, ReadsPairsAndCountsHalves) {
  EXPECT_EQ(decode_text("\xff\xfe\x3d\xd8\x00\xde"s).text, "\U0001f600");
  EXPECT_EQ(decode_text("\xff\xfe\x3d\xd8x\0"s), (DecodedText{"\ufffdx", "UTF-16LE", 1}));
  EXPECT_EQ(decode_text("\xff\xfex\0\x00\xde"s), (DecodedText{"x\ufffd", "UTF-16LE", 1}));
  EXPECT_EQ(decode_text("\xff\xfex\0y"s), (DecodedText{"x\ufffd", "UTF-16LE", 1})) << "cut";
  EXPECT_EQ(decode_text("\xff\xfe\0\0\0\0\x11\0"s), (DecodedText{"\ufffd", "UTF-32LE", 1}));
}

TEST(ValidUtf8, PutsOneSignForEachDamage) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"caf\xe9", "caf\ufffd"},                          // Latin-1
      {"\xe2\x82", "\ufffd"},                            // cut
      {"\xe2\x82x", "\ufffdx"},                          // broken off
      {"\xed\xa0\xbdx", "\ufffdx"},                      // half of a pair
      {"\xc0\xaf", "\ufffd\ufffd"},                      // overlong
      {"\xf4\x90\x80\x80", "\ufffd\ufffd\ufffd\ufffd"},  // beyond U+10FFFF
      {"\x80\xbf", "\ufffd\ufffd"},                      // tails alone
      {"\u20ac\U0001f600", "\u20ac\U0001f600"},
  };
  for (const auto& [bytes, text] : cases) {
    std::uint64_t replaced = 0;
    EXPECT_EQ(valid_utf8(bytes, replaced), text);
    EXPECT_EQ(replaced > 0, bytes != text);
  }
}

TEST(FirstCharacters, AreNeverHalfOfOne) {
  const std::string_view text = "a\u00e9\u20ac";  // of one, two and three bytes
  const std::vector<std::string_view> expected = {
      "", "a", "a", text.substr(0, 3), text.substr(0, 3), text.substr(0, 3), text, text};
  for (std::size_t bytes = 0; bytes < expected.size(); ++bytes)
    EXPECT_EQ(first_characters(text, bytes), expected[bytes]) << bytes;
}

TEST(TextLines, PassOverBlankOnesAndMarks) {
  std::vector<std::pair<std::string, std::uint64_t>> lines;
  for_each_text_line(
      "\xef\xbb\xbf"
      "a\r\n\n \t\r\n\xef\xbb\xbf"
      "b\nc",
      [&](std::string_view line, std::uint64_t number) { lines.emplace_back(line, number); });
  const std::vector<std::pair<std::string, std::uint64_t>> expected = {
      {"a", 1}, {"b", 4}, {"c", 5}};
  EXPECT_EQ(lines, expected);
}

TEST(VisibleText, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(visible_text("a\x1b[31mb\x07"), "a\\x1b[31mb\\x07");
  EXPECT_EQ(visible_text("a\r\n\tb"), "a\\r\\n\\tb");
  EXPECT_EQ(visible_text("a\nb", LineEnds::kKept), "a\nb");
  EXPECT_EQ(visible_text("\xc2\x9b"
                         "31m\xc2\x85"),
            "\\x9b31m\\x85");
  EXPECT_EQ(visible_text("\u202egnp\u2066x\u200f\u2028"), "\\u202egnp\\u2066x\\u200f\\u2028");
  EXPECT_EQ(visible_text("\x7f"), "\\x7f");
  EXPECT_EQ(visible_text("gr\u00fc\u00df \u2192 \u4f60 \U0001f600"),
            "gr\u00fc\u00df \u2192 \u4f60 \U0001f600");
}

}  // namespace
}  // namespace recombine
