#pragma once
// The states of an episode's items, soft grids or tokens, after the rules so far.
// Letters: docs/GLOSSARY.md.

#include <utility>
#include <vector>

#include <torch/torch.h>

namespace recombine {

/// Items are numbered; each has a present state in each episode.
class StateStore {
 public:
  /// Items 0 .. count - 1 have the states [count, B, G, ...].
  explicit StateStore(torch::Tensor states);

  /// The items' present states [items, B, G, ...], in the order of sorted(items).
  torch::Tensor gather(const std::vector<int>& items) const;
  /// The order in which gather() hands them out: no work is done to change it.
  std::vector<int> sorted(const std::vector<int>& items) const;
  /// New present states of the items: [items, B, G, ...].
  void replace(const std::vector<int>& items, torch::Tensor states);

 private:
  using Position = std::pair<std::size_t, std::int64_t>;  ///< piece, row of it

  std::vector<torch::Tensor> pieces_;
  std::vector<Position> positions_;  ///< of each item
};

}  // namespace recombine
