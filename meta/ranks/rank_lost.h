#pragma once
// The failure of another rank.

#include <stdexcept>
#include <string>

namespace recombine {

/// Another process of the run is gone, stands still or failed; the message names it. The run ends
/// here too.
class RankLost : public std::runtime_error {
 public:
  RankLost(const std::string& message, bool speaks)
      : std::runtime_error(message), speaks_(speaks) {}
  /// Whether this rank tells the person, and saves what there is: one of those that are well does.
  bool speaks() const { return speaks_; }

 private:
  bool speaks_;
};

}  // namespace recombine
