#include "tests/fuzz/allocations.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace {

// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables): operator new has no object
std::atomic<std::int64_t> held_bytes = 0;
std::atomic<std::int64_t> most_bytes = 0;
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

}  // namespace

#ifndef RECOMBINE_SANITIZED

namespace {

void* counted(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  const auto size = static_cast<std::int64_t>(::malloc_usable_size(memory));
  const std::int64_t now = held_bytes.fetch_add(size) + size;
  std::int64_t most = most_bytes.load();
  while (now > most && !most_bytes.compare_exchange_weak(most, now)) continue;
  return memory;
}

void give_back(void* memory) noexcept {
  if (memory == nullptr) return;
  held_bytes.fetch_sub(static_cast<std::int64_t>(::malloc_usable_size(memory)));
  std::free(memory);
}

}  // namespace

// NOLINTBEGIN(misc-new-delete-overloads): each of them is here, with its partner
void* operator new(std::size_t size) {
  return counted(std::malloc(std::max<std::size_t>(size, 1)));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto step = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(step, (size + step - 1) / step * step));
}
void operator delete(void* memory) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { give_back(memory); }
// NOLINTEND(misc-new-delete-overloads)

#endif

namespace recombine {

bool counts_allocations() {
#ifdef RECOMBINE_SANITIZED
  return false;
#else
  return true;
#endif
}

AllocationWatch::AllocationWatch() : before_(held_bytes.load()) { most_bytes.store(before_); }

std::uint64_t AllocationWatch::most() const {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(most_bytes.load() - before_, 0));
}

}  // namespace recombine
