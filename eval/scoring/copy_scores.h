#pragma once
// The copy task: study pairs that were asked again (arXiv 2504.01445, "copy" and "full episode").

#include <cstdint>
#include <optional>

#include "eval/scoring/group_scores.h"
#include "eval/scoring/published_scores.h"

namespace recombine {

struct CopyScores {
  std::uint64_t answered = 0;  ///< by something that is an answer, right or wrong
  std::uint64_t invalid = 0;
  std::uint64_t missing = 0;
  GroupScores copies;        ///< the study pairs that were asked again
  GroupScores full_episode;  ///< them and the queries, one as much as the other
  std::optional<PublishedScores> published_copies;  ///< where asked for
  std::optional<PublishedScores> published_full_episode;

  friend bool operator==(const CopyScores&, const CopyScores&) = default;
};

}  // namespace recombine
