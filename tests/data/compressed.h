#pragma once
// Texts as gzip and zstd store them.

#include <string>
#include <string_view>

#include <zlib.h>
#include <zstd.h>

namespace recombine {

/// One member.
inline std::string gzip_of(std::string_view text) {
  constexpr int kGzip = 16;
  z_stream stream{};
  deflateInit2(&stream, 1, Z_DEFLATED, MAX_WBITS + kGzip, 8, Z_DEFAULT_STRATEGY);
  std::string copy(text);
  std::string bytes(deflateBound(&stream, copy.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  deflate(&stream, Z_FINISH);
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  return bytes;
}

/// One frame.
inline std::string zstd_of(std::string_view text) {
  std::string bytes(ZSTD_compressBound(text.size()), '\0');
  bytes.resize(ZSTD_compress(bytes.data(), bytes.size(), text.data(), text.size(), 1));
  return bytes;
}

/// Letters of ASCII as UTF-16, little-endian, with its mark.
inline std::string utf16_of(std::string_view text) {
  std::string bytes = "\xff\xfe";
  for (const char c : text) {
    bytes += c;
    bytes += '\0';
  }
  return bytes;
}

}  // namespace recombine
