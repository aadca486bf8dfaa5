#pragma once
// The option --threads, which several verbs have.

#include "data/error.h"

namespace recombine {

/// Throws InputError for a number of threads that none can mean; 0 stands for all cores.
inline void check_threads(int threads) {
  require(threads >= 0 && threads <= 1024, "--threads ", threads, ": must be 0..1024");
}

}  // namespace recombine
