#pragma once
// The random words of CPython 3.11's `random` module: the source of the published data.

#include <array>
#include <bit>
#include <cstdint>
#include <span>

namespace recombine {

/// Mersenne Twister MT19937, seeded and drawn from as CPython does (Matsumoto and Nishimura 1998;
/// CPython's Lib/random.py and Modules/_randommodule.c). Sequential.
class CPythonRandom {
 public:
  static constexpr std::size_t kWords = 624;

  explicit CPythonRandom(std::uint64_t seed);

  std::uint32_t word() noexcept {
    if (next_ == kWords) refill();
    return words_[next_++];
  }

  /// The top `k` bits of one word; 1 <= k <= 32.
  std::uint32_t bits(int k) noexcept { return word() >> (32 - k); }

  /// Uniform in 0..n-1, n >= 1. Draws words until one is below n: also for n = 1.
  std::uint32_t below(std::uint32_t n) noexcept {
    const int k = std::bit_width(n);
    std::uint32_t value = bits(k);
    while (value >= n) value = bits(k);
    return value;
  }

  /// Uniform in [0, 1): random.random().
  double unit() noexcept;

  /// Words made and not yet drawn; skip() draws some of them. For loops that read ahead.
  std::span<const std::uint32_t> ahead() const noexcept {
    return {words_.data() + next_, kWords - next_};
  }
  void skip(std::size_t count) noexcept { next_ += count; }
  /// Makes the next 624 words. Requires that ahead() is empty.
  void refill() noexcept;

 private:
  std::array<std::uint32_t, kWords> state_{};
  std::array<std::uint32_t, kWords> words_{};
  std::size_t next_ = kWords;
};

}  // namespace recombine
