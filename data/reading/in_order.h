#pragma once
// Work that many threads do and whose results are used in order.

#include <cstddef>
#include <functional>

namespace recombine {

/// How many threads --threads asks for: all cores for 0.
std::size_t thread_count(int threads);

/// What is done with a result.
using UseResult = std::function<void()>;
/// A part of the work: any thread does it.
using WorkPart = std::function<UseResult()>;

/// Calls `next` until it gives an empty function; does what it gave on `threads` threads (0: all
/// cores), and calls what that returns one after another, in order, one thread at a time. What any
/// of the three throws for the first such part is thrown, whatever the threads: later parts may
/// have been worked on, and are not used. No more than four parts a thread are under way. On one
/// thread a part is used before the next is worked on.
void stream_in_order(int threads, const std::function<WorkPart()>& next);

}  // namespace recombine
