#include "models/executor/windowed_answers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "data/error.h"
#include "models/executor/searched_answers.h"
#include "models/executor/section_search.h"
#include "models/executor/windows.h"

namespace recombine {
namespace {

using torch::Tensor;

/// Windows of a query that are asked first.
constexpr std::int64_t kFirstWindows = 3;

/// What a vote weighs by its margin, and for each cell that another window has more.
constexpr std::array<double, 3> kWeightByMargin = {0.3, 0.7, 1};
constexpr double kWeightOfALostCell = 0.3;

std::size_t margin_of(const Tensor& window) {
  const ObjectBox box = object_box(window);
  const std::int64_t end = window.size(0);
  const std::int64_t margin =
      std::min({box.top, box.left, end - box.top - box.height, end - box.left - box.width});
  const auto most = static_cast<std::int64_t>(kWeightByMargin.size()) - 1;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(margin, 0, most));
}

double weight_of(const WindowVote& vote, std::int64_t most_cells) {
  return kWeightByMargin.at(vote.margin) * vote.log_probability.exp().item<double>() *
         std::pow(kWeightOfALostCell, static_cast<double>(most_cells - vote.cells));
}

/// Whether all say the same. What an edge cuts off is not the same in windows of different places.
bool all_agree(const std::vector<WindowVote>& votes) {
  return std::ranges::all_of(
      votes, [&](const WindowVote& vote) { return vote.grid.equal(votes.front().grid); });
}

/// Windows of a query, by their places.
struct Places {
  std::int64_t first = 0, count = 0;
};

/// Asks these windows of each of these queries and adds what they say to `votes`, which has those
/// of each query.
void ask(const ExecutorModel& model,
         const Windows& windows,
         const Explanations& explanations,
         const std::vector<std::int64_t>& queries,
         Places places,
         std::vector<std::vector<WindowVote>>& votes) {
  const GridAnswers answers = model.most_probable(
      explanations.answers(windows.episode(queries, places.first, places.count)));
  const Tensor grids = answers.grids[0].cpu();
  for (std::size_t i = 0; i < queries.size(); ++i) {
    for (std::int64_t place = 0; place < places.count; ++place) {
      const std::int64_t row = static_cast<std::int64_t>(i) * places.count + place;
      const Tensor whole = windows.whole(queries[i], places.first + place, grids[row]);
      votes[static_cast<std::size_t>(queries[i])].push_back(
          {.grid = whole,
           .log_probability = answers.log_probability[0][row],
           .margin = margin_of(windows.without_marks(queries[i], grids[row])),
           .cells = whole.count_nonzero().item<std::int64_t>()});
    }
  }
}

}  // namespace

const WindowVote& winning_vote(const std::vector<WindowVote>& votes) {
  const std::int64_t most_cells = std::ranges::max(votes, {}, &WindowVote::cells).cells;
  const auto weight_of_grid = [&](const WindowVote& vote) {
    double sum = 0;
    for (const WindowVote& other : votes) {
      if (other.grid.equal(vote.grid)) sum += weight_of(other, most_cells);
    }
    return sum;
  };
  return *std::ranges::max_element(votes, {}, weight_of_grid);
}

GridAnswers windowed_answers(const ExecutorModel& model, const GridBatch& batch) {
  require(batch.study.size(1) > 0, "the model executor needs study pairs, and the data has none");
  const torch::NoGradGuard guard;
  GridAnswers answers{.grids = at::empty_like(batch.query_inputs), .log_probability = {}};
  std::vector<Tensor> probabilities;
  for (std::int64_t number = 0; number < batch.study.size(0); ++number) {
    const Windows windows(episode_of(batch, number), model.shape().side);
    std::vector<std::vector<WindowVote>> votes(
        static_cast<std::size_t>(batch.query_inputs.size(1)));
    std::vector<std::int64_t> queries(votes.size());
    std::iota(queries.begin(), queries.end(), std::int64_t{0});
    const Explanations explanations(model, windows.episode({}, 0, 0));
    ask(model, windows, explanations, queries, {.first = 0, .count = kFirstWindows}, votes);
    std::erase_if(queries, [&](std::int64_t query) {
      return all_agree(votes[static_cast<std::size_t>(query)]);
    });
    if (!queries.empty())
      ask(model, windows, explanations, queries,
          {.first = kFirstWindows, .count = Windows::places() - kFirstWindows}, votes);
    for (std::size_t query = 0; query < votes.size(); ++query) {
      const WindowVote& best = winning_vote(votes[query]);
      answers.grids[number][static_cast<std::int64_t>(query)].copy_(best.grid);
      probabilities.push_back(best.log_probability);
    }
  }
  answers.log_probability =
      at::stack(probabilities).view({batch.query_inputs.size(0), batch.query_inputs.size(1)});
  return answers;
}

}  // namespace recombine
