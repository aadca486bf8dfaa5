#pragma once
// Reads many bounded draws out of CPython's words without a branch a word.

#include <array>
#include <bit>
#include <cstdint>

#include "data/random_cpython.h"

namespace recombine {

/// Bits of 64 words: whether each is below the limit.
std::array<std::uint64_t, 3> words_below(const std::uint32_t* words,
                                         const std::array<std::uint32_t, 3>& limits) noexcept;

/// Draws below(n) for three fixed n in any order, as CPythonRandom::below() does. It drops the
/// words that are too large, and those are found 64 at a time. Owns the words from construction to
/// the end of its life.
class WordScan {
 public:
  WordScan(CPythonRandom& random, const std::array<std::uint32_t, 3>& n) : random_(random) {
    for (std::size_t i = 0; i < 3; ++i) {
      shift_[i] = 32 - std::bit_width(n[i]);
      limit_[i] = n[i] << static_cast<unsigned>(shift_[i]);
    }
    load();
  }
  ~WordScan() { random_.skip(at_); }
  WordScan(const WordScan&) = delete;
  WordScan& operator=(const WordScan&) = delete;

  /// A draw below the i-th n.
  std::uint32_t draw(std::size_t i) {
    std::uint64_t left = bits_[i] & (~std::uint64_t{0} << (at_ - begin_));
    while (left == 0) {
      next_chunk();
      left = bits_[i];
    }
    const auto place = begin_ + static_cast<std::size_t>(std::countr_zero(left));
    at_ = place + 1;
    const std::uint32_t word = words_[place];
    if (at_ == begin_ + 64) next_chunk();
    return word >> static_cast<unsigned>(shift_[i]);
  }

 private:
  void load();
  void scan();
  void next_chunk();

  CPythonRandom& random_;
  std::array<int, 3> shift_{};
  std::array<std::uint32_t, 3> limit_{};
  std::array<std::uint64_t, 3> bits_{};
  const std::uint32_t* words_ = nullptr;
  std::size_t count_ = 0;  ///< words ahead
  std::size_t begin_ = 0;  ///< of the chunk
  std::size_t at_ = 0;     ///< the next word
};

}  // namespace recombine
