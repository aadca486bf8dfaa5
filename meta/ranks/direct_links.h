#pragma once
// Connections by which devices of the ranks sum a tensor without the memory of their hosts.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include <c10/core/Device.h>
#include <c10/util/intrusive_ptr.h>
#include <torch/csrc/distributed/c10d/Backend.hpp>

#include "meta/ranks/meeting.h"
#include "meta/ranks/rank_place.h"

namespace recombine {

/// Makes them, NCCL's for GPUs; all ranks call it alike. Throws where they cannot be had here.
using MakeLinks = std::function<c10::intrusive_ptr<c10d::Backend>(
    const SharedStore& store, const RankPlace& place, std::chrono::milliseconds limit)>;

/// How far the sum of this rank is.
enum class DirectState : std::int8_t { kPending, kDone, kFailed };

/// Never waits for longer than it says: what stands still is left behind.
class DirectLinks {
 public:
  /// `limit` is that of a sum.
  DirectLinks(c10::intrusive_ptr<c10d::Backend> links,
              c10::Device device,
              std::chrono::milliseconds limit);
  /// Ends what is under way.
  ~DirectLinks();
  DirectLinks(const DirectLinks&) = delete;
  DirectLinks& operator=(const DirectLinks&) = delete;

  /// Whether the links join the tensor's device.
  bool reach(const at::Tensor& tensor) const;

  /// Connects, and sums a number over `ranks` ranks: "", or what is wrong. Waits `limit` at most.
  std::string try_out(int ranks, std::chrono::milliseconds limit) const;

  /// `tensor`, of one size on all ranks, is going to be the sum over them, in an order of the
  /// links' own. It must stay until end().
  void begin(const at::Tensor& tensor);
  /// Waits a tenth of a second at most. A sum has failed, too, where its limit is over.
  DirectState look();
  /// Why it failed, in one line.
  const std::string& problem() const { return problem_; }
  /// What the device does from now on comes after the sum, which is done.
  void end();

 private:
  c10::intrusive_ptr<c10d::Backend> links_;
  c10::Device device_;
  std::chrono::milliseconds limit_;
  c10::intrusive_ptr<c10d::Work> work_;  ///< of the sum under way
  std::chrono::steady_clock::time_point begun_;
  std::string problem_;
};

}  // namespace recombine
