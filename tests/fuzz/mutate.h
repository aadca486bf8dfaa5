#pragma once
// Damage that is the same on every machine: what the replay test does to its corpus.

#include <cstdint>
#include <span>
#include <string>

namespace recombine {

/// Mutation `number` of a seed: some of bits flipped, bytes set, ranges cut out, doubled or
/// exchanged, numbers forged (binary and decimal), parts of `others` put in. A pure function.
std::string mutated(const std::string& seed,
                    std::span<const std::string> others,
                    std::uint64_t number);

}  // namespace recombine
