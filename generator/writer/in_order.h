#pragma once
// Work that many threads do and whose results are used in order.

#include <cstddef>
#include <functional>

namespace recombine {

/// How many threads --threads asks for: all cores for 0.
std::size_t thread_count(int threads);

/// Calls `work` for 0 .. parts - 1 on `threads` threads (0: all cores), and what it returns one
/// after another, in the order of the parts, one thread at a time. What either throws for the first
/// such part is thrown, whatever the threads: later parts may have been worked on, and are not
/// used. On one thread a part is used before the next is worked on.
void run_in_order(std::size_t parts,
                  int threads,
                  const std::function<std::function<void()>(std::size_t part)>& work);

}  // namespace recombine
