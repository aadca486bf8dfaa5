#pragma once
// The processes that train one run together: what they tell each other.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "meta/ranks/direct_links.h"
#include "meta/ranks/rank_lost.h"
#include "meta/ranks/rank_place.h"

namespace recombine {

/// Rows `begin` to `end` - 1.
struct Share {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// Every rank makes the same calls in the same order. Each throws RankLost where another rank is
/// gone, stands still for longer than the limit, or failed. Not thread-safe.
class RankGroup {
 public:
  /// One alone, whose calls cost nothing.
  RankGroup();
  /// Joins the others at the place. Waits `limit` for them, here and in every call. Throws
  /// InputError where nobody is there.
  RankGroup(RankPlace place, std::chrono::seconds limit);
  ~RankGroup();
  RankGroup(const RankGroup&) = delete;
  RankGroup& operator=(const RankGroup&) = delete;

  int rank() const { return place_.rank; }
  int count() const { return place_.count; }
  /// "rank 2 (node7, process 4312)".
  std::string name(int rank) const;

  /// Does this rank's part of some work, which gives `count` values, and returns the values of all
  /// ranks: [ranks, count] doubles. Where an interruption ended the work of any rank, throws
  /// Interrupted on all.
  torch::Tensor together(std::int64_t count, const std::function<std::vector<double>()>& work);
  void together(const std::function<void()>& work);

  /// The texts of all ranks, in their order.
  std::vector<std::string> texts(const std::string& own);

  /// `tensor`, contiguous, on the CPU and of one size on all ranks, becomes what rank `from` has.
  void share(const torch::Tensor& tensor, int from);

  /// Which of `rows` rows this rank has, in whole pieces of `piece` rows: so they are cut alike for
  /// any number of ranks.
  Share own_rows(std::int64_t rows, std::int64_t piece) const;
  /// The rows of `tensor`, of which each rank has its own, come to all.
  void share_rows(const torch::Tensor& tensor, std::int64_t piece);

  /// Tensors on `device` are summed by the links that `make` gives, from now on. Returns "", or why
  /// all go on through the memory of the hosts: one rank cannot have such links, or they do not
  /// work.
  std::string link_devices(torch::Device device, const MakeLinks& make);

  /// The first of `parts`, which have equal sizes, becomes the sum over the parts of all ranks:
  /// those of rank 0, one after the other, then those of rank 1..., as one process would add them.
  /// So no order of c10d's own will do. Where link_devices() has found links between the devices
  /// that the parts lie on, the order over ranks is that of the links.
  void sum(const std::vector<torch::Tensor>& parts);

  /// The last call of all: nobody ends before the others have come to it.
  void finish();
  /// Tells the others why this rank ends before that.
  void fail(const std::string& message);

 private:
  struct Link;
  template <class Work>
  auto linked(const Work& work);
  Share rows_of(int rank, std::int64_t rows, std::int64_t piece) const;
  std::string first_problem(const std::string& own);
  void sum_piece_by_piece(const std::vector<torch::Tensor>& parts);
  void sum_directly(const torch::Tensor& tensor);
  [[noreturn]] void give_up_sum(const torch::Tensor& failed);

  RankPlace place_;
  std::chrono::seconds limit_{0};
  std::unique_ptr<Link> link_;  ///< none where one is alone
};

}  // namespace recombine
