#pragma once
// What a composition or a comparison may be used for.

#include <cstdint>

namespace recombine {

/// arXiv 2405.15071, section 2.
enum class Pool : std::uint8_t {
  kTraining,
  kIdTest,     ///< of ID facts, and never trained
  kOodTest,    ///< of OOD facts alone
  kDiscarded,  ///< of both
};

/// Numbers of questions by pool.
struct Counts {
  std::uint64_t training = 0;
  std::uint64_t id_test = 0;
  std::uint64_t ood_test = 0;
  std::uint64_t discarded = 0;

  void add(Pool pool) {
    ++(pool == Pool::kTraining  ? training
       : pool == Pool::kIdTest  ? id_test
       : pool == Pool::kOodTest ? ood_test
                                : discarded);
  }
};

}  // namespace recombine
