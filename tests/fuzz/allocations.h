#pragma once
// What a piece of work takes from `operator new`, in this test program alone.

#include <cstdint>

namespace recombine {

/// Whether it is counted: not under sanitizers, which have an `operator new` of their own.
bool counts_allocations();

/// From its construction on, of all threads.
class AllocationWatch {
 public:
  AllocationWatch();
  /// The most bytes that were held at one time beyond those of the beginning.
  std::uint64_t most() const;

 private:
  std::int64_t before_;
};

}  // namespace recombine
