#include "meta/tracing/question_tracer.h"

#include <filesystem>

#include "meta/tracing/causal.h"

namespace recombine {

QuestionTracer::QuestionTracer(const FactSet& set,
                               const std::vector<AtomicFact>& facts,
                               std::uint64_t count,
                               std::uint64_t seed)
    : vocabulary_(set.records().vocabulary), graph_(facts, vocabulary_), seed_(seed) {
  set_.name = std::filesystem::canonical(set.folder()).filename().string();
  set_.digest = set.manifest().digest;
  if (vocabulary_.compares()) {
    comparisons_ = compared_items(set, graph_, count, seed);
    set_.items = comparisons_.items.size();
    set_.layout = comparison_layout(comparisons_.items.front().question.size());
    return;
  }
  hops_ = traced_items(set, count, seed);
  set_.items = hops_.items.size();
  set_.chain = hops_.chain;
  set_.layout = two_hop_layout(hops_.chain);
}

TracedCheckpoint QuestionTracer::trace(std::uint64_t step, ResidualModel& model) const {
  if (!vocabulary_.compares())
    return {step, logit_lens(model, hops_), causal_tracing(model, hops_, graph_, seed_)};
  return {step, logit_lens(model, comparisons_, graph_),
          causal_tracing(model, comparisons_, graph_, vocabulary_, seed_)};
}

}  // namespace recombine
