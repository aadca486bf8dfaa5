#include "models/executor/grid_store.h"

#include <algorithm>

#include "models/layers/rows.h"

namespace recombine {

BoardStore::BoardStore(torch::Tensor boards) {
  for (std::int64_t item = 0; item < boards.size(0); ++item) places_.emplace_back(0, item);
  pieces_.push_back(std::move(boards));
}

std::vector<int> BoardStore::sorted(const std::vector<int>& items) const {
  std::vector<int> order = items;
  std::ranges::sort(order, {},
                    [this](int item) { return places_[static_cast<std::size_t>(item)]; });
  return order;
}

torch::Tensor BoardStore::gather(const std::vector<int>& items) const {
  std::vector<std::vector<std::int64_t>> rows(pieces_.size());
  for (const int item : sorted(items)) {
    const auto [piece, row] = places_[static_cast<std::size_t>(item)];
    rows[piece].push_back(row);
  }
  std::vector<torch::Tensor> parts;
  for (std::size_t piece = 0; piece < pieces_.size(); ++piece) {
    if (!rows[piece].empty()) parts.push_back(take_rows(pieces_[piece], rows[piece]));
  }
  return parts.size() == 1 ? parts.front() : at::cat(parts, 0);
}

void BoardStore::replace(const std::vector<int>& items, torch::Tensor boards) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    places_[static_cast<std::size_t>(items[i])] = {pieces_.size(), static_cast<std::int64_t>(i)};
  }
  pieces_.push_back(std::move(boards));
}

}  // namespace recombine
