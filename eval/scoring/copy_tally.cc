#include "eval/scoring/copy_tally.h"

#include <vector>

namespace recombine {

void CopyTally::add_item(std::span<const QueryScore> queries, std::span<const QueryScore> copies) {
  if (queries.empty() || copies.empty()) return;
  copies_.add_item(copies);
  std::vector<QueryScore> all(copies.begin(), copies.end());
  all.insert(all.end(), queries.begin(), queries.end());
  full_.add_item(all);
}

std::optional<CopyScores> CopyTally::finish() const {
  const SplitScores copies = copies_.finish();
  if (copies.planned == 0) return std::nullopt;
  SplitScores full = full_.finish();
  full.all.errors.clear();  // those of the queries alone, which the split has already
  return CopyScores{copies.answered, copies.invalid,   copies.missing, copies.all,
                    full.all,        copies.published, full.published};
}

}  // namespace recombine
