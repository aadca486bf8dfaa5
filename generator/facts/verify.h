#pragma once
// Checks of one set of facts on disk. Each returns what it found and throws DataError where it
// fails.

#include <string>
#include <utility>
#include <vector>

#include "data/storage/dataset.h"
#include "generator/facts/world.h"

namespace recombine {

/// Makes sets again from their recipes; a world once, however many of its sets are asked for.
class WorldMaker {
 public:
  explicit WorldMaker(bool quiet) : quiet_(quiet) {}

  /// The set is what its recipe gives: every item is made again and the digest compared.
  std::string check(const Manifest& manifest);

 private:
  bool quiet_;
  FactConfig config_;
  std::vector<std::pair<WorldSet, std::string>> digests_;  ///< of the world of config_
};

/// Every item is a question with an answer of its task's form, and says its path unless it is
/// noisy.
std::string check_fact_answers(const FactSet& set);

}  // namespace recombine
