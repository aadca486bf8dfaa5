#include "models/executor/state_store.h"

#include <algorithm>

#include "models/layers/rows.h"

namespace recombine {

StateStore::StateStore(torch::Tensor states) {
  for (std::int64_t item = 0; item < states.size(0); ++item) positions_.emplace_back(0, item);
  pieces_.push_back(std::move(states));
}

std::vector<int> StateStore::sorted(const std::vector<int>& items) const {
  std::vector<int> order = items;
  std::ranges::sort(order, {},
                    [this](int item) { return positions_[static_cast<std::size_t>(item)]; });
  return order;
}

torch::Tensor StateStore::gather(const std::vector<int>& items) const {
  std::vector<std::vector<std::int64_t>> rows(pieces_.size());
  for (const int item : sorted(items)) {
    const auto [piece, row] = positions_[static_cast<std::size_t>(item)];
    rows[piece].push_back(row);
  }
  std::vector<torch::Tensor> taken;
  for (std::size_t piece = 0; piece < pieces_.size(); ++piece) {
    if (!rows[piece].empty()) taken.push_back(take_rows(pieces_[piece], rows[piece]));
  }
  return taken.size() == 1 ? taken.front() : at::cat(taken, 0);
}

void StateStore::replace(const std::vector<int>& items, torch::Tensor states) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    positions_[static_cast<std::size_t>(items[i])] = {pieces_.size(), static_cast<std::int64_t>(i)};
  }
  pieces_.push_back(std::move(states));
}

}  // namespace recombine
