#pragma once
// Validation on facts.

#include <memory>
#include <string>

#include "meta/batches/fact_tensors.h"
#include "meta/validation/validation.h"
#include "models/batch.h"

namespace recombine {

/// Shares of the items, 0..1: exact, the whole answer; bridge,
/// all entities before the last one; answer_given_bridge, the last one after the true ones; answer,
/// the last one after the model's own. bridge is left out where no answer has one. Then loss, the
/// mean over the asked tokens, and the number of items.
Scores score_facts(const FactTensors& facts, const FactAnswers& forced, const FactAnswers& greedy);

std::unique_ptr<ValidationSet> make_fact_validation(std::string name, FactTensors facts);

}  // namespace recombine
