#pragma once
// Two sources of random words behind one interface: counters (Philox) for our data, CPython's
// Mersenne Twister for the published data. Draws are made of words by rules of our own, so the same
// name gives the same draws on every machine and compiler.

#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include <Random123/philox.h>

namespace recombine {

/// What a stream of random words is for. The numbers are part of every data digest: append only.
enum class Stream : std::uint32_t {
  kEpisode = 1,     ///< a grid episode
  kSplit = 2,       ///< ID hold-out of a split
  kInitialise = 3,  ///< weights of a model
  kBatch = 4,       ///< which items a training step sees
  kAugment = 5,     ///< colour permutations and the like
  kNoise = 6,       ///< target noise
  kBaseline = 7,    ///< answers of random baselines
  kBootstrap = 8,   ///< confidence intervals
  kDropout = 9,
  kSample = 10,          ///< picking items to show
  kFresh = 11,           ///< the data seed of episodes made inside the training step
  kFactRelations = 12,   ///< which relations an entity has
  kFactTails = 13,       ///< whom they reach
  kFactOod = 14,         ///< which facts (entities, where they are compared) are held out
  kFactTest = 15,        ///< which ID compositions are never trained
  kFactSample = 16,      ///< the training sample of compositions
  kFactProbe = 17,       ///< the samples that are tested
  kFactValidation = 18,  ///< the samples that are validated on
  kFactNoise = 19,       ///< false answers in training facts
  kFactValues = 20,      ///< of the attributes of entities that are compared
  kTrace = 21,           ///< exchanged tokens of causal tracing
  kTwin = 22,            ///< which rule of an episode its twin has otherwise
  kVariant = 23,         ///< which of the configured sides and numbers of pairs an episode has
};

/// The stream of words that (seed, item, stream, part) names: Philox 4x64-10 on a block counter
/// (Salmon et al. 2011). `part` tells apart independent pieces of the same stream, such as the
/// attempts of an episode.
class CounterRandom {
 public:
  CounterRandom(std::uint64_t seed,
                std::uint64_t item,
                Stream stream,
                std::uint32_t part = 0,
                std::uint64_t subpart = 0) noexcept
      : counter_{{0, subpart, item,
                  (static_cast<std::uint64_t>(stream) << 32U) | static_cast<std::uint64_t>(part)}},
        key_{{seed, 0x7265636f6d62696eULL}} {}

  std::uint32_t word() noexcept {
    if (used_ == 8) refill();
    return words_[used_++];
  }

  /// Uniform in 0..n-1 without bias (Lemire 2019); n >= 1. Draws nothing for n = 1.
  std::uint32_t below(std::uint32_t n) noexcept {
    if (n == 1) return 0;
    std::uint64_t product = static_cast<std::uint64_t>(word()) * n;
    if (static_cast<std::uint32_t>(product) < n) {
      const std::uint32_t threshold = -n % n;
      while (static_cast<std::uint32_t>(product) < threshold) {
        product = static_cast<std::uint64_t>(word()) * n;
      }
    }
    return static_cast<std::uint32_t>(product >> 32U);
  }

  /// Uniform in [0, 1), a multiple of 2^-53.
  double unit() noexcept {
    const std::uint64_t high = word() >> 5U;
    const std::uint64_t low = word() >> 6U;
    return static_cast<double>((high << 26U) | low) * 0x1p-53;
  }

 private:
  void refill() noexcept {
    const r123::Philox4x64::ctr_type block = r123::Philox4x64()(counter_, key_);
    for (std::size_t i = 0; i < 4; ++i) {
      words_[2 * i] = static_cast<std::uint32_t>(block[i]);
      words_[2 * i + 1] = static_cast<std::uint32_t>(block[i] >> 32U);
    }
    ++counter_[0];
    used_ = 0;
  }

  r123::Philox4x64::ctr_type counter_;
  r123::Philox4x64::key_type key_;
  std::array<std::uint32_t, 8> words_{};
  std::size_t used_ = 8;
};

/// Fisher-Yates from the end, as CPython's random.shuffle.
template <class Random, class T>
void shuffle(Random& random, std::span<T> values) {
  for (std::size_t i = values.size(); i > 1; --i) {
    const auto j = static_cast<std::size_t>(random.below(static_cast<std::uint32_t>(i)));
    std::swap(values[i - 1], values[j]);
  }
}

}  // namespace recombine
