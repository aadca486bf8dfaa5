#pragma once
// What computed a run beside its device: roundings, and so curves, differ from one to another.

#include <string>

namespace recombine {

/// "AMD EPYC 9R14 96-Core Processor, AVX512": its name, where the system tells it, and the
/// instruction set that LibTorch uses.
std::string processor_text();

/// "2.11.0".
std::string libtorch_text();

}  // namespace recombine
