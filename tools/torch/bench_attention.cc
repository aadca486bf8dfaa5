// bench attention: attention in tiles beside ATen's, forward and back.

#include <functional>
#include <string>

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include "models/device/device.h"
#include "models/fused/attention.h"
#include "tools/torch/bench.h"

namespace recombine {
namespace {

constexpr double kSeconds = 1;  ///< CPU time of a figure

struct AttentionCase {
  std::string name;
  std::int64_t rows, queries, keys, heads, width;  ///< width of a head
  bool bias_learns = false;
};

/// The shapes that the grid models work with.
std::vector<AttentionCase> attention_cases() {
  return {{"9-tokens", 1000, 9, 9, 4, 16},     // the executor's grids of 6 x 6 cells
          {"25-tokens", 400, 25, 25, 4, 16},   // and of 10 x 10
          {"650-tokens", 4, 650, 650, 8, 16},  // reference
          {"300-tokens", 4, 300, 300, 4, 32},
          {"300-tokens-learned-bias", 4, 300, 300, 4, 32, true}};  // fast
}

/// Rows a CPU-second.
double rate(const AttentionCase& one,
            const std::function<torch::Tensor(const Attention&)>& attend) {
  const auto leaf = [](const std::vector<std::int64_t>& sizes) {
    return torch::randn(sizes).requires_grad_(true);
  };
  const std::int64_t d = one.heads * one.width;
  Attention of{leaf({one.rows, one.queries, d}), leaf({one.rows, one.keys, d}),
               leaf({one.rows, one.keys, d}), one.heads};
  if (one.bias_learns) of.bias = leaf({one.heads, one.queries, one.keys});
  const torch::Tensor back = torch::randn({one.rows, one.queries, d});
  const auto once = [&](std::uint64_t) { attend(of).backward(back); };
  once(0);
  return static_cast<double>(one.rows) * rate_per_cpu_second(kSeconds, once);
}

}  // namespace

std::vector<Measurement> bench_attention(const BenchOptions& /*options*/) {
  at::set_num_threads(1);
  tune_allocator();
  std::vector<Measurement> rows;
  for (const AttentionCase& one : attention_cases()) {
    const std::string name = "attention/" + one.name;
    const std::string unit = "rows per CPU-second";
    const Measurement base{name + "/aten", rate(one, attend_plain), unit, "", 1};
    const double ours = rate(one, attend_in_tiles);
    rows.push_back(base);
    rows.push_back({name, ours, unit, base.name, ours / base.value});
  }
  return rows;
}

}  // namespace recombine
