#pragma once
// Which rank is to blame where work among them fails.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "meta/ranks/meeting.h"
#include "meta/ranks/rank_lost.h"
#include "meta/ranks/rank_place.h"

namespace recombine {

/// Names in the ranks' store that its keeper uses too.
namespace store_keys {
/// Is there once something went wrong: every rank then says whether it still is.
inline constexpr const char* kTrouble = "trouble";
/// The last words of a rank, or what its starter saw of its end.
inline std::string failed(int rank) { return "failed/" + std::to_string(rank); }
/// Is there for a rank that the others found to be lost.
inline std::string lost(int rank) { return "lost/" + std::to_string(rank); }
}  // namespace store_keys

class RollCall {
 public:
  /// Says in the store who this is and reads who the others are. Waits `limit` at most for them;
  /// throws RankLost, naming those that did not come, or one that failed meanwhile.
  RollCall(const SharedStore& store, const RankPlace& place, std::chrono::seconds limit);
  ~RollCall();
  RollCall(const RollCall&) = delete;
  RollCall& operator=(const RollCall&) = delete;

  /// "rank 2 (node7, process 4312)".
  const std::string& name(int rank) const;
  /// Whether this rank waits for others, which one that stands still does not.
  void set_waiting(bool waiting);
  /// Tells the others why this rank ends.
  void say_failed(const std::string& message);
  /// Asks all ranks whether they are there, and finds out who is to blame for `error`. Where it
  /// came because time was up, that may be a rank that is there and does not wait. Takes seconds.
  RankLost blame(const std::string& error, bool timed_out);

 private:
  class Store;
  class Watch;

  std::shared_ptr<Store> store_;
  std::shared_ptr<Watch> watch_;
};

}  // namespace recombine
