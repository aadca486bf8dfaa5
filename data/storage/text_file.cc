#include "data/storage/text_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "data/error.h"
#include "data/reading/text_encoding.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;

/// What other files begin with that people give in place of text.
struct Foreign {
  std::string_view begin;
  std::string_view advice;
};

constexpr std::array kForeign = {
    Foreign{"\3757zXZ", "is compressed by xz; decompress it, or compress it by gzip or zstd"},
    Foreign{"BZh", "is compressed by bzip2; decompress it, or compress it by gzip or zstd"},
    Foreign{"PK\x03\x04", "is a ZIP archive; give the file in it"},
    Foreign{"PAR1", "is Parquet; write it as JSON lines first"},
};

/// How many of the bytes of UTF-16 or UTF-32 are whole characters: two surrogates are one.
std::size_t whole_characters(std::string_view bytes, std::string_view mark) {
  const std::size_t unit = mark.size();
  std::size_t size = bytes.size() / unit * unit;
  if (unit != 2 || size == 0) return size;
  const bool little_endian = mark.front() == '\xff';
  const auto high = static_cast<unsigned char>(bytes[little_endian ? size - 1 : size - 2]);
  if ((high & 0xFCU) == 0xD8U) size -= unit;
  return size;
}

/// How lines end, by the text from `begin` on: '\n', or '\r' where nothing else does, as old Macs
/// wrote; 0 where the text stops before that can be told.
char line_end_of(std::string_view text, std::size_t begin) {
  if (text.find('\n', begin) != std::string_view::npos) return '\n';
  const std::size_t end = text.find('\r', begin);
  return text.find_first_not_of('\r', end) == std::string_view::npos ? '\0' : '\r';
}

}  // namespace

TextPieces::TextPieces(const fs::path& path) : source_(path) {}

/// Finds out what the first bytes say.
void TextPieces::begin() {
  constexpr std::size_t kLooked = 4096;
  for (const Foreign& foreign : kForeign)
    require_data(!bytes_.starts_with(foreign.begin), path().string(), ": ", foreign.advice);
  const std::string_view mark = mark_of_encoding(decode_text(bytes_.substr(0, kLooked)).encoding);
  if (mark != kUtf8Mark) mark_ = mark;
  if (bytes_.starts_with(mark)) bytes_.erase(0, mark.size());
}

bool TextPieces::next(std::string& text) {
  if (begun_ && mark_.empty()) {
    const std::size_t before = text.size();
    text.resize(before + kPieceBytes);
    text.resize(before + source_.read(text.data() + before, kPieceBytes));
    return text.size() > before;
  }
  const std::size_t kept = bytes_.size();
  bytes_.resize(kept + kPieceBytes);
  const std::size_t got = source_.read(bytes_.data() + kept, kPieceBytes);
  bytes_.resize(kept + got);
  if (!std::exchange(begun_, true)) begin();
  if (bytes_.empty()) return false;
  if (mark_.empty()) {
    text += bytes_;
    bytes_.clear();
    return true;
  }
  const bool last = got < kPieceBytes;
  const std::size_t size = last ? bytes_.size() : whole_characters(bytes_, mark_);
  text += decode_text(mark_ + bytes_.substr(0, size)).text;
  bytes_.erase(0, size);
  return true;
}

bool LineBatches::next(LineBatch& batch) {
  batch = {};
  if (ended_) return false;
  std::string& text = batch.text;
  text = std::move(rest_);
  std::size_t end = std::string::npos;
  while (end == std::string::npos && !ended_) {
    const std::size_t searched = text.size();
    require_data(searched <= kMostLineBytes, path().string(), ":", lines_ + 1,
                 ": a line of more than ", kMostLineBytes, " bytes");
    ended_ = !pieces_.next(text);
    if (end_ == 0) end_ = line_end_of(text, searched);
    if (end_ == 0) continue;
    end = std::string_view(text).substr(searched).rfind(end_);
    if (end != std::string::npos) end += searched;
  }
  rest_ = end == std::string::npos ? "" : text.substr(end + 1);
  if (!ended_) text.resize(end + 1);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t stop = std::min(text.find(end_ == 0 ? '\n' : end_, begin), text.size());
    std::string_view line = std::string_view(text).substr(begin, stop - begin);
    ++lines_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t skipped = line.starts_with(kUtf8Mark) ? kUtf8Mark.size() : 0;
    line.remove_prefix(skipped);
    if (!trim(line).empty()) {
      batch.lines.push_back({begin + skipped, line.size(), lines_});
      batch.open_ended = stop == text.size();
    }
    begin = stop + 1;
  }
  return true;
}

void for_each_line_of(const fs::path& path,
                      const std::function<void(std::string_view, std::uint64_t)>& take) {
  LineBatches batches(path);
  LineBatch batch;
  while (batches.next(batch)) {
    for (const LineBatch::Line& line : batch.lines) take(batch.line(line), line.number);
  }
}

std::string first_text_line(const fs::path& path) {
  LineBatches batches(path);
  LineBatch batch;
  while (batches.next(batch)) {
    if (!batch.lines.empty()) return std::string(batch.line(batch.lines.front()));
  }
  return "";
}

std::string read_text_file(const fs::path& path) {
  TextPieces pieces(path);
  std::string text;
  while (pieces.next(text)) {
    require_data(!pieces.compressed() || text.size() <= kMostInflatedBytes, path.string(),
                 ": holds more than ", kMostInflatedBytes >> 30U,
                 " GiB in compressed form, which is not read whole; decompress it first");
  }
  return text;
}

}  // namespace recombine
