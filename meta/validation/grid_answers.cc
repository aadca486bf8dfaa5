#include "meta/validation/grid_answers.h"

#include <algorithm>
#include <numeric>

namespace recombine {
namespace {

GridBatch rows_of(const EpisodeTensors& episodes,
                  std::int64_t first,
                  std::int64_t count,
                  torch::Device device) {
  const auto queries = episodes.queries.narrow(0, first, count).to(device);
  return {episodes.study.narrow(0, first, count).to(device), queries.select(2, 0).contiguous(),
          queries.select(2, 1).contiguous(), episodes.shape.study_roles,
          episodes.shape.query_kinds};
}

/// Calls `work` with a model, some episodes, and the number of the first one, until all have had
/// their turn; each worker with its replica, each rank with its rows.
void for_each_slice(
    WorkerThreads& workers,
    Replicas& replicas,
    const EpisodeTensors& episodes,
    const std::function<void(GridModel&, const GridBatch&, std::int64_t first)>& work) {
  const std::int64_t stride = kEpisodesAtATime * replicas.count();
  const Share own = replicas.group().own_rows(episodes.size(), kEpisodesAtATime);
  const AnsweringScope scope(replicas);
  const auto answer = [&](int worker) {
    if (worker >= replicas.count()) return;
    const torch::NoGradGuard no_gradients;
    GridModel& model = as_grid_model(replicas.model(worker));
    for (std::int64_t first = own.begin + worker * kEpisodesAtATime; first < own.end;
         first += stride) {
      const std::int64_t count = std::min(kEpisodesAtATime, own.end - first);
      work(model, rows_of(episodes, first, count, replicas.device()), first);
    }
  };
  replicas.group().together([&] { workers.run(answer); });
}

Prediction prediction_at(const GridAnswers& answers,
                         std::int64_t number,
                         const std::string& id,
                         std::int64_t query) {
  Prediction prediction;
  prediction.item = id;
  prediction.query = static_cast<int>(query);
  prediction.output = answer_at(answers.grids, number);
  if (!prediction.output) prediction.invalid = kNoPatch;
  prediction.log_probability = answers.log_probability.data_ptr<float>()[number];
  return prediction;
}

}  // namespace

GridAnswering answering(Decoding decoding) {
  return [decoding](GridModel& model, const GridBatch& batch) {
    return decoding == Decoding::kGreedy ? model.predict(batch) : model.predict_forced(batch);
  };
}

GridAnswers answer_episodes(WorkerThreads& workers,
                            Replicas& replicas,
                            const EpisodeTensors& episodes,
                            const GridAnswering& answer,
                            const AnswerWatch& watch) {
  const std::int64_t side = episodes.shape.side;
  GridAnswers all{
      torch::empty({episodes.size(), episodes.shape.queries, side, side}, torch::kUInt8),
      torch::empty({episodes.size(), episodes.shape.queries}, torch::kFloat)};
  for_each_slice(workers, replicas, episodes,
                 [&](GridModel& model, const GridBatch& batch, std::int64_t first) {
                   const std::int64_t count = batch.study.size(0);
                   const GridAnswers some = answer(model, batch);
                   all.grids.narrow(0, first, count).copy_(some.grids);
                   all.log_probability.narrow(0, first, count).copy_(some.log_probability);
                   if (watch) watch(count);
                 });
  for (const torch::Tensor& tensor : {all.grids, all.log_probability})
    replicas.group().share_rows(tensor, kEpisodesAtATime);
  return all;
}

std::vector<GridAnswers> answer_groups(WorkerThreads& workers,
                                       Replicas& replicas,
                                       const EpisodeGroups& episodes,
                                       const GridAnswering& answer,
                                       const AnswerWatch& watch) {
  std::vector<GridAnswers> all;
  for (const EpisodeTensors& group : episodes.groups)
    all.push_back(answer_episodes(workers, replicas, group, answer, watch));
  return all;
}

double mean_loss(WorkerThreads& workers,
                 Replicas& replicas,
                 const EpisodeTensors& episodes,
                 const AnswerWatch& watch) {
  // Summed in the order of the episodes, whoever had them.
  const torch::Tensor sums = torch::zeros({episodes.size()}, torch::kFloat64);
  auto* const sum = sums.data_ptr<double>();
  for_each_slice(workers, replicas, episodes,
                 [&](GridModel& model, const GridBatch& batch, std::int64_t first) {
                   const std::int64_t count = batch.study.size(0);
                   sum[first] = model.loss(batch).item<double>() * static_cast<double>(count);
                   if (watch) watch(count);
                 });
  replicas.group().share_rows(sums, kEpisodesAtATime);
  return std::accumulate(sum, sum + episodes.size(), 0.0) / static_cast<double>(episodes.size());
}

Grid grid_at(const torch::Tensor& grids, std::int64_t number) {
  const auto side = static_cast<int>(grids.size(-1));
  const std::int64_t cells = grids.size(-1) * grids.size(-1);
  const std::uint8_t* from = grids.data_ptr<std::uint8_t>() + number * cells;
  Grid grid(side);
  std::copy(from, from + cells, grid.cells().begin());
  return grid;
}

std::optional<Grid> answer_at(const torch::Tensor& grids, std::int64_t number) {
  Grid grid = grid_at(grids, number);
  if (std::ranges::find(grid.cells(), kNoCell) != grid.cells().end()) return std::nullopt;
  return grid;
}

void write_answers(const std::vector<std::string>& ids,
                   const EpisodeGroups& episodes,
                   const std::vector<GridAnswers>& answers,
                   PredictionWriter& writer) {
  for (std::size_t episode = 0; episode < ids.size(); ++episode) {
    const auto [group, row] = episodes.places[episode];
    const std::int64_t queries = answers[group].grids.size(1);
    for (std::int64_t query = 0; query < queries; ++query)
      writer.write(prediction_at(answers[group], row * queries + query, ids[episode], query));
  }
}

void write_copies(const std::vector<std::string>& ids,
                  const std::vector<std::vector<std::size_t>>& places,
                  const EpisodeGroups& episodes,
                  const std::vector<GridAnswers>& answers,
                  PredictionWriter& writer) {
  for (std::size_t episode = 0; episode < ids.size(); ++episode) {
    const auto [group, row] = episodes.places[episode];
    std::int64_t number = row * answers[group].grids.size(1);
    for (const std::size_t place : places[episode]) {
      const std::int64_t query =
          episodes.groups[group].shape.queries + static_cast<std::int64_t>(place);
      writer.write(prediction_at(answers[group], number++, ids[episode], query));
    }
  }
}

}  // namespace recombine
