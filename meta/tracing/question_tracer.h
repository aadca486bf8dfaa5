#pragma once
// Lens and causal tracing of the questions of one set, whatever its task.

#include <cstdint>
#include <vector>

#include "data/storage/dataset.h"
#include "meta/tracing/comparison.h"
#include "meta/tracing/trace_report.h"

namespace recombine {

class QuestionTracer {
 public:
  /// `count` questions of the set, two-hop or comparisons as its task is, chosen by `seed`; `facts`
  /// say where changed questions lead. Throws DataError where there is no such question.
  QuestionTracer(const FactSet& set,
                 const std::vector<AtomicFact>& facts,
                 std::uint64_t count,
                 std::uint64_t seed);

  /// What is traced, without checkpoints.
  const TracedSet& set() const { return set_; }
  TracedCheckpoint trace(std::uint64_t step, ResidualModel& model) const;

 private:
  FactVocabulary vocabulary_;
  FactIndex graph_;
  std::uint64_t seed_;
  TracedItems hops_;
  ComparedItems comparisons_;
  TracedSet set_;
};

}  // namespace recombine
