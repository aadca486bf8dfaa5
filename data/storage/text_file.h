#pragma once
// Text files as people have them: plain, gzip or zstd; UTF-8 or UTF-16, with or without a BOM.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "data/storage/byte_source.h"

namespace recombine {

/// The most bytes that a compressed file may hold where it is read whole, and that a line may have:
/// a file of a few kilobytes can be made to hold terabytes.
inline constexpr std::uint64_t kMostInflatedBytes = std::uint64_t{2} << 30U;
inline constexpr std::uint64_t kMostLineBytes = std::uint64_t{1} << 28U;

/// The whole file as UTF-8 without a BOM, decompressed. Throws DataError with the path where it
/// cannot be read, is cut off or damaged, or holds more than kMostInflatedBytes in compressed form.
std::string read_text_file(const std::filesystem::path& path);

/// The same text front to back, in pieces that end between characters.
class TextPieces {
 public:
  /// Throws DataError as read_text_file() does; so does next().
  explicit TextPieces(const std::filesystem::path& path);

  /// Appends the next piece, of about a megabyte; false where there are no more.
  bool next(std::string& text);
  const std::filesystem::path& path() const { return source_.path(); }
  bool compressed() const { return source_.compressed(); }

 private:
  void begin();

  ByteSource source_;
  bool begun_ = false;
  std::string mark_;   ///< byte order mark of UTF-16 or UTF-32; empty: UTF-8
  std::string bytes_;  ///< of a character that the next piece completes
};

/// Some lines, which lie in one text.
struct LineBatch {
  /// Without its end ("\n" or "\r\n"; "\r" in a file that has no other) and without a BOM at its
  /// begin.
  struct Line {
    std::size_t begin = 0;  ///< in the text
    std::size_t size = 0;
    std::uint64_t number = 0;  ///< in the file, from 1; blank ones count
  };

  std::string text;
  std::vector<Line> lines;  ///< those that are not blank
  bool open_ended = false;  ///< the last line has no end: the file may have been cut off there

  std::string_view line(const Line& which) const {
    return std::string_view(text).substr(which.begin, which.size);
  }
};

/// The lines of the same text, about a megabyte at a time.
class LineBatches {
 public:
  explicit LineBatches(const std::filesystem::path& path) : pieces_(path) {}

  /// The next ones; false where there are no more. A batch may have no line: a megabyte of blanks.
  /// Throws DataError for a line of more than kMostLineBytes.
  bool next(LineBatch& batch);
  const std::filesystem::path& path() const { return pieces_.path(); }

 private:
  TextPieces pieces_;
  std::string rest_;  ///< of the last line of the text so far
  char end_ = 0;      ///< of a line: '\n' or '\r'; 0: none was seen
  std::uint64_t lines_ = 0;
  bool ended_ = false;
};

/// Hands every line that is not blank and its number, from 1, blank ones counted, to `take`. The
/// line stays until `take` returns.
void for_each_line_of(const std::filesystem::path& path,
                      const std::function<void(std::string_view line, std::uint64_t number)>& take);

/// The first line that is not blank; empty where there is none.
std::string first_text_line(const std::filesystem::path& path);

}  // namespace recombine
