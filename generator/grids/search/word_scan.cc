#include "generator/grids/search/word_scan.h"

#include <cstring>

#include "data/vectorise.h"

namespace recombine {

RECOMBINE_VECTORISE std::array<std::uint64_t, 3> words_below(
    const std::uint32_t* words, const std::array<std::uint32_t, 3>& limits) noexcept {
  std::array<std::uint64_t, 3> result{};
  for (std::size_t k = 0; k < 3; ++k) {
    const std::uint32_t limit = limits[k];
    std::array<std::uint8_t, 64> flags;  // NOLINT: filled by the loop
    for (std::size_t i = 0; i < 64; ++i) flags[i] = words[i] < limit ? 1 : 0;
    for (std::size_t byte = 0; byte < 8; ++byte) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, flags.data() + 8 * byte, 8);
      // Gathers the lowest bit of each of eight bytes.
      result[k] |= ((eight * 0x0102040810204080ULL) >> 56U) << (8 * byte);
    }
  }
  return result;
}

void WordScan::load() {
  if (random_.ahead().empty()) random_.refill();
  words_ = random_.ahead().data();
  count_ = random_.ahead().size();
  begin_ = 0;
  at_ = 0;
  scan();
}

void WordScan::scan() {
  if (count_ - begin_ >= 64) {
    bits_ = words_below(words_ + begin_, limit_);
    return;
  }
  std::array<std::uint32_t, 64> rest;  // NOLINT: filled below
  rest.fill(0xFFFFFFFFU);              // below no limit
  std::memcpy(rest.data(), words_ + begin_, (count_ - begin_) * sizeof(std::uint32_t));
  bits_ = words_below(rest.data(), limit_);
}

void WordScan::next_chunk() {
  begin_ += 64;
  if (begin_ >= count_) {
    random_.skip(count_);
    load();
    return;
  }
  at_ = begin_;
  scan();
}

}  // namespace recombine
