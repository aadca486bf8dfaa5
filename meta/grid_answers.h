#pragma once
// A model's answers to whole sets of episodes.

#include "data/dataset.h"
#include "data/prediction.h"
#include "meta/episode_table.h"
#include "meta/replicas.h"
#include "meta/worker_threads.h"
#include "models/batch.h"

namespace recombine {

/// Answers to the table's queries, on the CPU: grids [M, Q, N, N], log_probability [M, Q]. Requires
/// a worker a replica at most.
GridAnswers answer_table(WorkerThreads& workers, Replicas& replicas, const EpisodeTable& table);

/// Cells of `grids` [..., N, N] uint8 on the CPU, contiguous; `number` counts grids.
Grid grid_at(const torch::Tensor& grids, std::int64_t number);

/// Writes the answers to `set` one by one, items in order. `answers` has a row an item.
void write_answers(const EpisodeSet& set, const GridAnswers& answers, PredictionWriter& writer);

}  // namespace recombine
