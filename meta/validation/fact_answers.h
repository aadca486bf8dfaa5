#pragma once
// A model's answers to whole sets of facts.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "data/fact_vocabulary.h"
#include "data/storage/prediction.h"
#include "meta/batches/fact_tensors.h"
#include "meta/validation/answer_watch.h"
#include "meta/validation/decoding.h"
#include "meta/workers/replicas.h"
#include "meta/workers/worker_threads.h"
#include "models/batch.h"

namespace recombine {

/// How many items are answered together.
inline constexpr std::int64_t kItemsAtATime = 256;

/// Answers to the items of `facts`, on the CPU: tokens [M, A], log_probability [M]. Requires a
/// worker a replica at most.
FactAnswers answer_facts(WorkerThreads& workers,
                         Replicas& replicas,
                         const FactTensors& facts,
                         Decoding decoding,
                         const AnswerWatch& watch = {});

/// Three-hop answers made of two-hop questions: b and c as the answer to (h, r1, r2), forced, and t
/// as the answer to (b, r2, r3) after c. Every item must have
/// three hops and a chain of thought; throws InputError otherwise. `watch` hears of each question.
FactAnswers answer_decomposed(WorkerThreads& workers,
                              Replicas& replicas,
                              const FactTensors& facts,
                              const AnswerWatch& watch = {});

/// Writes the answers to `facts` one by one, items in order, beside those under teacher forcing.
/// `ids` and both answers have a row an item.
void write_answers(const std::vector<std::string>& ids,
                   const FactTensors& facts,
                   const FactAnswers& answers,
                   const FactAnswers& forced,
                   PredictionWriter& writer);

/// The tokens of answer `row` up to </a>, as text.
std::string answer_text(const FactAnswers& answers,
                        const FactVocabulary& vocabulary,
                        std::int64_t row);

/// The first `count` tokens of answer `row`, as text: under teacher forcing an </a> ends nothing.
std::string forced_text(const FactAnswers& answers,
                        const FactVocabulary& vocabulary,
                        std::int64_t row,
                        std::size_t count);

}  // namespace recombine
