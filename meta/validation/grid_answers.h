#pragma once
// A model's answers to whole sets of episodes.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "data/grid.h"
#include "data/storage/prediction.h"
#include "meta/batches/episode_groups.h"
#include "meta/batches/episode_tensors.h"
#include "meta/validation/answer_watch.h"
#include "meta/validation/decoding.h"
#include "meta/workers/replicas.h"
#include "meta/workers/worker_threads.h"
#include "models/batch.h"
#include "models/model.h"

namespace recombine {

/// How a model answers a batch. Called without gradients.
using GridAnswering = std::function<GridAnswers(GridModel&, const GridBatch&)>;

/// Models that answer at once do the same under both decodings.
GridAnswering answering(Decoding decoding);

/// Answers to the queries of `episodes`, on the CPU: grids [M, Q, N, N], log_probability [M, Q].
/// Requires a worker a replica at most.
GridAnswers answer_episodes(WorkerThreads& workers,
                            Replicas& replicas,
                            const EpisodeTensors& episodes,
                            const GridAnswering& answer,
                            const AnswerWatch& watch = {});

/// The same of each group.
std::vector<GridAnswers> answer_groups(WorkerThreads& workers,
                                       Replicas& replicas,
                                       const EpisodeGroups& episodes,
                                       const GridAnswering& answer,
                                       const AnswerWatch& watch = {});

/// The mean over episodes, some at a time, of the loss of the queries of `episodes`, as training
/// counts it.
double mean_loss(WorkerThreads& workers,
                 Replicas& replicas,
                 const EpisodeTensors& episodes,
                 const AnswerWatch& watch = {});

/// Cells of `grids` [..., N, N] uint8 on the CPU, contiguous; `number` counts grids.
Grid grid_at(const torch::Tensor& grids, std::int64_t number);
/// The same of an answer; none where a cell of it has no colour.
std::optional<Grid> answer_at(const torch::Tensor& grids, std::int64_t number);
/// Why there is none.
inline constexpr const char* kNoPatch = "a special token where a patch belongs";

/// Writes the answers one by one, episodes in the order of `ids`; `answers` of each group.
void write_answers(const std::vector<std::string>& ids,
                   const EpisodeGroups& episodes,
                   const std::vector<GridAnswers>& answers,
                   PredictionWriter& writer);

/// The same of the study pairs that were asked again: each as the query behind the episode's own
/// that has its place; `places` has, for each episode, where its pairs stand.
void write_copies(const std::vector<std::string>& ids,
                  const std::vector<std::vector<std::size_t>>& places,
                  const EpisodeGroups& episodes,
                  const std::vector<GridAnswers>& answers,
                  PredictionWriter& writer);

}  // namespace recombine
