#include "meta/validation.h"

#include <nlohmann/json.hpp>

#include "eval/grid_scores.h"

namespace recombine {

ValidationScore score_answers(const torch::Tensor& grids, const EpisodeTable& table) {
  const auto truths = table.queries.select(2, 1).to(torch::kCPU).contiguous();  // [M, Q, N, N]
  ValidationScore sum;
  sum.queries = truths.size(0) * truths.size(1);
  for (std::int64_t number = 0; number < sum.queries; ++number) {
    const GridScore score = score_grid(grid_at(grids, number), grid_at(truths, number));
    sum.exact += score.exact ? 1 : 0;
    sum.colour += score.colour ? 1 : 0;
    sum.shape += score.shape ? 1 : 0;
  }
  const auto count = static_cast<double>(sum.queries);
  return {sum.exact / count, sum.colour / count, sum.shape / count, sum.queries};
}

Json to_json(const ValidationScore& score) {
  return {{"exact", score.exact},
          {"color", score.colour},
          {"shape", score.shape},
          {"queries", score.queries}};
}

}  // namespace recombine
