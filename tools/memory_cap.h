#pragma once
// A cap on the memory of a process: the value of --memory.

#include <cstdint>
#include <string>

namespace recombine {

/// Reads "512M": bytes, or with K, M or G so many KiB, MiB or GiB. Throws InputError for what is
/// none, and for 0.
std::uint64_t memory_size(const std::string& text);

/// Lets this process have no more memory of its own than that, in all its threads (RLIMIT_DATA:
/// files that are mapped to be read do not count). What needs more then throws std::bad_alloc.
/// Nothing for "". Throws InputError as memory_size() does, DataError where the system refuses.
void cap_memory(const std::string& text);

}  // namespace recombine
