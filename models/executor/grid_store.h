#pragma once
// The boards of an episode's items as they are after the rules so far.
// Letters: B episodes, T patches, P cells a patch.

#include <utility>
#include <vector>

#include <torch/torch.h>

namespace recombine {

/// Items are numbered; each has a present board in each episode.
class BoardStore {
 public:
  /// Items 0 .. count - 1 have the boards [count, B, T, 10 P].
  explicit BoardStore(torch::Tensor boards);

  /// The items' present boards [items, B, T, 10 P], in the order of sorted(items).
  torch::Tensor gather(const std::vector<int>& items) const;
  /// The order in which gather() hands them out: no work is done to change it.
  std::vector<int> sorted(const std::vector<int>& items) const;
  /// New present boards of the items: [items, B, T, 10 P].
  void replace(const std::vector<int>& items, torch::Tensor boards);

 private:
  using Place = std::pair<std::size_t, std::int64_t>;  ///< piece, row of it

  std::vector<torch::Tensor> pieces_;
  std::vector<Place> places_;  ///< of each item
};

}  // namespace recombine
