#include "models/executor/indicators.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace recombine {
namespace {

/// What may be the indicator that is tried, where several things stand still as often.
constexpr std::size_t kTriedIndicators = 4;

}  // namespace

std::vector<Indicated> possible_indicators(const torch::Tensor& study) {
  const torch::Tensor grids = study[0];                       // [S, 2, N, N]
  const torch::Tensor input = grids.select(1, 0).flatten(1);  // [S, N^2]
  const torch::Tensor same = input.eq(grids.select(1, 1).flatten(1)).logical_and(input.ne(0));
  const torch::Tensor colours =
      at::where(same, input, at::zeros_like(input)).to(torch::kInt64).cpu();
  std::map<Indicated, std::int64_t> cells;  // of the pairs that share some: how many
  std::int64_t most = 0;
  for (std::int64_t cell = 0; cell < colours.size(1); ++cell) {
    const torch::Tensor at_cell = colours.select(1, cell);
    std::set<std::int64_t> seen;
    for (std::int64_t pair = 0; pair < at_cell.size(0); ++pair)
      seen.insert(at_cell[pair].item<std::int64_t>());
    for (const std::int64_t colour : seen) {
      if (colour == 0) continue;
      Indicated pairs;
      for (std::int64_t pair = 0; pair < at_cell.size(0); ++pair)
        pairs.push_back(at_cell[pair].item<std::int64_t>() == colour);
      most = std::max<std::int64_t>(most, std::ranges::count(pairs, true));
      ++cells[pairs];
    }
  }
  std::erase_if(cells,
                [most](const auto& found) { return std::ranges::count(found.first, true) < most; });
  std::vector<std::pair<std::int64_t, Indicated>> ranked;
  ranked.reserve(cells.size());
  for (const auto& [pairs, count] : cells) ranked.emplace_back(count, pairs);
  std::ranges::sort(ranked, std::greater<>{});
  std::vector<Indicated> possible;
  for (auto& [count, pairs] : ranked) {
    if (possible.size() < kTriedIndicators) possible.push_back(std::move(pairs));
  }
  if (possible.empty()) possible.emplace_back(static_cast<std::size_t>(colours.size(0)), false);
  return possible;
}

}  // namespace recombine
