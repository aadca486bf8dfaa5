#pragma once
// The bytes of a file, decompressed where it begins as gzip or zstd do: people have both.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace recombine {

/// What a compressed file may hold, however it is read: a file of a few megabytes can be made to
/// hold terabytes. Beyond both it is refused.
inline constexpr std::uint64_t kTrustedInflation = std::uint64_t{512} << 20U;
inline constexpr std::uint64_t kMostInflationTimes = 200;  ///< of the stored bytes read so far

/// Reads front to back, with a few megabytes of memory whatever the file holds (of zstd, its
/// window: 128 MiB at most). What the file is called does not matter: its first bytes say how it is
/// compressed. Several gzip members or zstd frames in one file are one text. All failures throw
/// DataError with the path: one line, which tells a file that was cut off from one that is damaged.
class ByteSource {
 public:
  explicit ByteSource(const std::filesystem::path& path);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) = delete;

  /// Fills `place` with the next `most` bytes, less only at the end. Returns how many; 0 where
  /// there are no more.
  std::size_t read(char* place, std::size_t most);

  bool compressed() const;
  const std::filesystem::path& path() const;

  /// A way of undoing one compression. (byte_source.cc)
  struct Decoder;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace recombine
