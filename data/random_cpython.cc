#include "data/random_cpython.h"

#include <algorithm>

#include "data/vectorise.h"

namespace recombine {
namespace {

constexpr std::size_t kN = CPythonRandom::kWords;
constexpr std::size_t kM = 397;
using State = std::array<std::uint32_t, kN>;

constexpr std::uint32_t twist(std::uint32_t high, std::uint32_t low, std::uint32_t far) noexcept {
  const std::uint32_t mixed = (high & 0x80000000U) | (low & 0x7FFFFFFFU);
  return far ^ (mixed >> 1U) ^ (-(low & 1U) & 0x9908B0DFU);
}

/// The next state and its tempered words. Loops in the form that compilers vectorise: an element
/// depends on one at least 227 places before it.
RECOMBINE_VECTORISE void advance(std::uint32_t* __restrict state,
                                 std::uint32_t* __restrict words) noexcept {
  for (std::size_t i = 0; i < kN - kM; ++i) state[i] = twist(state[i], state[i + 1], state[i + kM]);
  for (std::size_t i = kN - kM; i < 2 * (kN - kM); ++i) {
    state[i] = twist(state[i], state[i + 1], state[i - (kN - kM)]);
  }
  for (std::size_t i = 2 * (kN - kM); i < kN - 1; ++i) {
    state[i] = twist(state[i], state[i + 1], state[i - (kN - kM)]);
  }
  state[kN - 1] = twist(state[kN - 1], state[0], state[kM - 1]);
  for (std::size_t i = 0; i < kN; ++i) {
    std::uint32_t word = state[i];
    word ^= word >> 11U;
    word ^= (word << 7U) & 0x9D2C5680U;
    word ^= (word << 15U) & 0xEFC60000U;
    words[i] = word ^ (word >> 18U);
  }
}

/// init_by_array of the reference implementation, from the state that seed 19650218 gives.
State seeded(std::span<const std::uint32_t> key) {
  State state{};
  state[0] = 19650218U;
  for (std::uint32_t i = 1; i < kN; ++i) {
    state[i] = 1812433253U * (state[i - 1] ^ (state[i - 1] >> 30U)) + i;
  }
  std::size_t i = 1;
  std::size_t j = 0;
  for (std::size_t left = std::max(kN, key.size()); left > 0; --left) {
    state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30U)) * 1664525U)) + key[j] +
               static_cast<std::uint32_t>(j);
    if (++i == kN) state[0] = state[kN - 1], i = 1;
    if (++j == key.size()) j = 0;
  }
  for (std::size_t left = kN - 1; left > 0; --left) {
    state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30U)) * 1566083941U)) -
               static_cast<std::uint32_t>(i);
    if (++i == kN) state[0] = state[kN - 1], i = 1;
  }
  state[0] = 0x80000000U;
  return state;
}

}  // namespace

CPythonRandom::CPythonRandom(std::uint64_t seed) {
  const std::array<std::uint32_t, 2> key = {static_cast<std::uint32_t>(seed),
                                            static_cast<std::uint32_t>(seed >> 32U)};
  state_ = seeded(std::span(key).first(key[1] == 0 ? 1 : 2));
}

double CPythonRandom::unit() noexcept {
  const std::uint64_t high = word() >> 5U;
  const std::uint64_t low = word() >> 6U;
  return (static_cast<double>(high) * 67108864.0 + static_cast<double>(low)) / 9007199254740992.0;
}

void CPythonRandom::refill() noexcept {
  advance(state_.data(), words_.data());
  next_ = 0;
}

}  // namespace recombine
