#pragma once
// Benchmarks of what needs Torch.

#include <vector>

#include "tools/bench.h"

namespace recombine {

std::vector<Measurement> bench_train(const BenchOptions& options);
std::vector<Measurement> bench_attention(const BenchOptions& options);

}  // namespace recombine
