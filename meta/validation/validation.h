#pragma once
// How well the present weights answer a validation set.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/storage/event_file.h"
#include "meta/validation/answer_watch.h"
#include "meta/workers/replicas.h"
#include "meta/workers/worker_threads.h"

namespace recombine {

/// Figures by name, in the order in which they are shown; "exact", 0..1, comes first.
using Scores = std::vector<std::pair<std::string, double>>;

inline double exact_of(const Scores& scores) { return scores.front().second; }

struct Validated {
  Scores scores;
  std::optional<Png> picture;  ///< some answers beside the truth
};

class ValidationSet {
 public:
  ValidationSet() = default;
  ValidationSet(const ValidationSet&) = delete;
  ValidationSet& operator=(const ValidationSet&) = delete;
  virtual ~ValidationSet() = default;

  /// "val_id", "val_ood", ...
  virtual const std::string& name() const = 0;
  /// Requires a worker a replica at most. `watch` hears of the items of every pass over the set.
  virtual Validated validate(WorkerThreads& workers,
                             Replicas& replicas,
                             const AnswerWatch& watch) const = 0;
};

using ValidationSets = std::vector<std::unique_ptr<ValidationSet>>;

}  // namespace recombine
