#pragma once
// Checksums: XXH3 finds damage fast, SHA-256 names contents for ever.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace recombine {

/// XXH3, 64 bits, seed 0.
std::uint64_t xxh3(std::string_view bytes);

/// 128 bits: two texts that are alike in it are taken for equal.
struct Hash128 {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend bool operator==(const Hash128&, const Hash128&) = default;
};

/// XXH3, 128 bits, seed 0.
Hash128 xxh3_128(std::string_view bytes);

/// XXH3 of a whole file, read in pieces; throws DataError where it cannot be read.
std::uint64_t xxh3_file(const std::filesystem::path& file);

/// 16 lower-case hexadecimal digits.
std::string hex(std::uint64_t value);

/// SHA-256 of bytes that arrive in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  /// 64 lower-case hexadecimal digits of all that was added so far; more may be added afterwards.
  std::string hex_digest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Of one text: 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace recombine
