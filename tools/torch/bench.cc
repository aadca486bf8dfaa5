#include "tools/torch/bench.h"

namespace recombine {

std::unique_ptr<Verb> make_torch_bench() {
  const std::span<const Benchmark> plain = plain_benchmarks();
  std::vector<Benchmark> all(plain.begin(), plain.end());
  all.push_back({"attention", "attention forward and back, ours beside ATen's, on one core",
                 bench_attention});
  all.push_back(
      {"train", "training episodes per CPU-second of the grid models, on one core", bench_train});
  return make_bench_verb(std::move(all));
}

}  // namespace recombine
