#include "data/storage/text_file.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/folder.h"
#include "tests/data/compressed.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class TextFile : public testing::Test {
 protected:
  std::string read(const std::string& bytes) {
    write_file(file(), bytes);
    return read_text_file(file());
  }
  std::string refusal(const std::string& bytes) {
    return message_of<DataError>([&] { read(bytes); });
  }
  /// "1:first", "3:third": lines with their numbers.
  std::vector<std::string> lines(const std::string& bytes) {
    write_file(file(), bytes);
    std::vector<std::string> all;
    for_each_line_of(file(), [&](std::string_view line, std::uint64_t number) {
      all.push_back(cat(number, ":", line));
    });
    return all;
  }
  std::filesystem::path file() const { return folder_ / "x.jsonl"; }

  TemporaryFolder folder_;
};

/// About three megabytes, in lines that no piece ends with.
std::string long_text() {
  std::string text;
  for (int i = 0; text.size() < 3'000'000; ++i)
    text += cat("line ", i, std::string(i % 97, 'x'), "\n");
  return text;
}

TEST_F(TextFile, IsReadWhateverItsCompression) {
  const std::string text = long_text();
  const std::string half = text.substr(0, text.size() / 2);
  const std::string rest = text.substr(half.size());
  EXPECT_EQ(read(text), text);
  EXPECT_EQ(read(gzip_of(text)), text);
  EXPECT_EQ(read(zstd_of(text)), text);
  EXPECT_EQ(read(gzip_of(half) + gzip_of(rest)), text) << "two members";
  EXPECT_EQ(read(zstd_of(half) + zstd_of(rest)), text) << "two frames";
  EXPECT_EQ(read(gzip_of(text) + std::string(700, '\0')), text) << "padded, as on a tape";
  const std::string skipped(
      "\x53\x2a\x4d\x18\x03\x00\x00\x00"
      "abc",
      11);
  EXPECT_EQ(read(skipped + zstd_of(text)), text) << "pzstd begins so";
  EXPECT_EQ(read(gzip_of("")), "");
  EXPECT_EQ(read(zstd_of("")), "");
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read("\x1f"), "\x1f");
}

TEST_F(TextFile, IsReadInTheEncodingOfItsMark) {
  EXPECT_EQ(read("\xef\xbb\xbfone"), "one");
  EXPECT_EQ(read(utf16_of("one\r\ntwo")), "one\r\ntwo");
  EXPECT_EQ(read(gzip_of(utf16_of("one"))), "one");
  EXPECT_EQ(read(zstd_of("\xef\xbb\xbfone")), "one");
  const std::string text = long_text();
  EXPECT_EQ(read(utf16_of(text)), text);
  EXPECT_EQ(read(gzip_of(utf16_of("x" + text))), "x" + text);
}

TEST_F(TextFile, KeepsPairsOfUtf16ThatTwoPiecesShare) {
  std::string wide = utf16_of("x");  // so that pieces of even sizes end inside of pairs
  std::string text = "x";
  for (int i = 0; i < 700'000; ++i) {
    wide += std::string("\x3d\xd8\x00\xde", 4);
    text += "\xf0\x9f\x98\x80";
  }
  EXPECT_EQ(read(wide), text);
  EXPECT_EQ(read(wide + '\0'), text + "\xef\xbf\xbd") << "half a unit is left";
}

TEST_F(TextFile, TellsWhatWasCutFromWhatIsDamaged) {
  const std::string text = long_text();
  for (const std::string& bytes : {gzip_of(text), zstd_of(text)}) {
    for (const std::size_t size :
         {bytes.size() - 1, bytes.size() - 9, bytes.size() / 2, std::size_t{6}}) {
      EXPECT_THAT(refusal(bytes.substr(0, size)),
                  AllOf(HasSubstr("x.jsonl: is cut off: its "), EndsWith(" data have no end")))
          << size;
    }
    std::string flipped = bytes;
    flipped[bytes.size() / 2] = static_cast<char>(~flipped[bytes.size() / 2]);
    EXPECT_THAT(refusal(flipped), HasSubstr("x.jsonl: is "));
    EXPECT_THAT(refusal(flipped), Not(HasSubstr("\n")));
  }
  std::string gzip = gzip_of(text);
  gzip[gzip.size() - 6] = static_cast<char>(~gzip[gzip.size() - 6]);  // of the checksum
  EXPECT_THAT(refusal(gzip), HasSubstr("x.jsonl: is damaged: gzip ("));
  EXPECT_THAT(refusal(gzip_of(text) + "more"), HasSubstr("other bytes follow its end"));
  EXPECT_THAT(refusal(zstd_of(text) + "more"), HasSubstr("x.jsonl: is damaged: zstd ("));
}

TEST_F(TextFile, IsNamedWhereItIsOfAnotherKind) {
  EXPECT_THAT(refusal("\3757zXZ etc."), HasSubstr("x.jsonl: is compressed by xz"));
  EXPECT_THAT(refusal("BZh91AY"), HasSubstr("x.jsonl: is compressed by bzip2"));
  EXPECT_THAT(refusal("PK\x03\x04 etc."), HasSubstr("x.jsonl: is a ZIP archive"));
  EXPECT_THAT(refusal("PAR1 etc."), HasSubstr("x.jsonl: is Parquet"));
  const auto read_of = [&](const std::filesystem::path& path) {
    return message_of<DataError>([&] { read_text_file(path); });
  };
  EXPECT_THAT(read_of(folder_.path()), HasSubstr("cannot be read (not a readable file)"));
  EXPECT_THAT(read_of(folder_ / "none"), HasSubstr("none: cannot be read (no such file)"));
}

TEST_F(TextFile, HasLinesWithTheirNumbers) {
  EXPECT_THAT(lines("a\nb\n"), ElementsAre("1:a", "2:b"));
  EXPECT_THAT(lines("a\r\n\r\n  \t\nb"), ElementsAre("1:a", "4:b"));
  EXPECT_THAT(lines("\xef\xbb\xbf"
                    "a\n\n\xef\xbb\xbf"
                    "b\n"),
              ElementsAre("1:a", "3:b"));
  EXPECT_THAT(lines(utf16_of("a\r\n\r\nb\r\n")), ElementsAre("1:a", "3:b"));
  EXPECT_THAT(lines(gzip_of("\n\na")), ElementsAre("3:a"));
  EXPECT_THAT(lines(""), ElementsAre());
  EXPECT_THAT(lines("\n \n"), ElementsAre());
  EXPECT_EQ(first_text_line(file()), "");
  lines("\n\nx\ny");
  EXPECT_EQ(first_text_line(file()), "x");
}

TEST_F(TextFile, HasLinesThatEndAsOnOldMacs) {
  EXPECT_THAT(lines("a\rb\r"), ElementsAre("1:a", "2:b"));
  EXPECT_THAT(lines("a\r\r \rb"), ElementsAre("1:a", "4:b"));
  EXPECT_THAT(lines("\ra\rb\r\r"), ElementsAre("2:a", "3:b"));
  EXPECT_THAT(lines(utf16_of("a\rb\r")), ElementsAre("1:a", "2:b"));
  EXPECT_THAT(lines("a\r"), ElementsAre("1:a"));
  EXPECT_THAT(lines("a\rb\nc\n"), ElementsAre("1:a\rb", "2:c")) << "a blank within a line";
  EXPECT_THAT(lines("a\r\r\nb\r\r\n"), ElementsAre("1:a\r", "2:b\r")) << "written twice as text";
  std::string text = long_text();
  const std::vector<std::string> expected = lines(text);
  std::ranges::replace(text, '\n', '\r');
  EXPECT_EQ(lines(text), expected);
}

TEST_F(TextFile, HasTheSameLinesInPieces) {
  const std::string text = long_text();
  std::vector<std::string> expected;
  std::size_t begin = 0;
  for (std::uint64_t number = 1; begin < text.size(); ++number) {
    const std::size_t end = text.find('\n', begin);
    expected.push_back(cat(number, ":", text.substr(begin, end - begin)));
    begin = end + 1;
  }
  EXPECT_EQ(lines(text), expected);
  EXPECT_EQ(lines(zstd_of(text)), expected);
  const std::string one(2'500'000, 'y');
  EXPECT_THAT(lines("a\n" + one + "\nb"), ElementsAre("1:a", "2:" + one, "3:b"));
}

TEST_F(TextFile, HasALastLineThatMayBeCut) {
  const std::vector<std::pair<std::string, bool>> texts = {
      {"a\nb", true}, {"a\nb\n", false}, {"a\nb\n ", false}};
  for (const auto& [text, open] : texts) {
    write_file(file(), text);
    LineBatches batches(file());
    LineBatch batch;
    bool open_ended = false;
    while (batches.next(batch)) open_ended = open_ended || batch.open_ended;
    EXPECT_EQ(open_ended, open) << text;
  }
}

TEST_F(TextFile, HasNoLineWithoutEnd) {
  std::string bomb;
  const std::string frame = zstd_of(std::string(std::size_t{4} << 20U, 'a'));
  for (int i = 0; i < 66; ++i) bomb += frame;
  ASSERT_LT(bomb.size(), 100'000U);
  EXPECT_THAT(message_of<DataError>([&] {
                lines("b\n");
                lines(bomb);
              }),
              HasSubstr("x.jsonl:1: a line of more than 268435456 bytes"));
}

/// Line after line, so that no line is too long; the file would go on for as long as one likes.
TEST_F(TextFile, IsNoBomb) {
  std::string piece(std::size_t{4} << 20U, 'a');
  for (std::size_t i = 0; i < piece.size(); i += std::size_t{1} << 20U) piece[i] = '\n';
  for (const auto& [name, member] :
       {std::pair("gzip", gzip_of(piece)), std::pair("zstd", zstd_of(piece))}) {
    std::string bomb;
    for (int i = 0; i < 130; ++i) bomb += member;
    write_file(file(), bomb);
    std::uint64_t last = 0;
    EXPECT_THAT(message_of<DataError>([&] {
                  for_each_line_of(file(), [&](std::string_view, std::uint64_t n) { last = n; });
                }),
                AllOf(HasSubstr("x.jsonl: holds more than 512 MiB and over 200 times its own size"),
                      HasSubstr(cat(" in ", name, " form")), HasSubstr("; decompress it first")));
    EXPECT_LT(last, 520U);
  }
}

TEST(Folder, PassesOverWhatToolsLeaveBehind) {
  const TemporaryFolder folder;
  for (const char* name : {"e10.json", "e2.json", "e1.json.gz", "._e1.json", ".DS_Store",
                           ".hidden.json", "Thumbs.db", "desktop.ini"})
    write_file(folder / name, "{}");
  for (const char* name : {".ipynb_checkpoints", "__MACOSX", "sub"})
    std::filesystem::create_directory(folder / name);
  std::vector<std::string> names;
  for (const auto& path : visible_entries(folder.path())) names.push_back(path.filename().string());
  EXPECT_THAT(names, ElementsAre("e1.json.gz", "e2.json", "e10.json", "sub"));
  EXPECT_THROW(visible_entries(folder / "none"), DataError);
}

TEST(Folder, FindsAFileThatIsCompressed) {
  const TemporaryFolder folder;
  write_file(folder / "a.json", "");
  write_file(folder / "b.json.zst", "");
  EXPECT_EQ(compressed_or_plain(folder / "a.json"), folder / "a.json");
  EXPECT_EQ(compressed_or_plain(folder / "b.json"), folder / "b.json.zst");
  EXPECT_EQ(compressed_or_plain(folder / "c.json"), folder / "c.json");
  EXPECT_EQ(uncompressed_name("e0.json.gz"), "e0.json");
  EXPECT_EQ(uncompressed_name("e0.json.gzip"), "e0.json.gzip");
}

TEST(ReadTextFile, SaysThatAWindowOfZstdIsTooLarge) {
  const TemporaryFolder folder;
  // A frame with a window of 2^30 bytes and an empty last block (RFC 8878, 3.1.1).
  const std::string frame("\x28\xb5\x2f\xfd\x00\xa0\x01\x00\x00", 9);
  write_file(folder / "x.zst", frame);
  EXPECT_THAT(message_of<DataError>([&] { read_text_file(folder / "x.zst"); }),
              HasSubstr("its window is over 128 MiB; compress it again without --long"));
}

}  // namespace
}  // namespace recombine
