#pragma once
// Marks a function whose loops are compiled for several instruction sets; the machine's best is
// chosen when the program starts. The result is the same on all.

// Sanitizers run before the choice could be made.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(RECOMBINE_SANITIZED)
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define RECOMBINE_VECTORISE \
  __attribute__((target_clones("arch=skylake-avx512", "avx2", "default"), optimize("O3")))
#else
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define RECOMBINE_VECTORISE
#endif
