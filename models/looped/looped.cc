#include "models/looped/looped.h"

#include "data/error.h"
#include "data/grid.h"
#include "models/layers/patches.h"

namespace recombine {
namespace {

/// soft_grids [R, G, 10 P] -> the most probable colours [R, G, P].
torch::Tensor colours_of(const torch::Tensor& soft_grids) {
  return soft_grids.unflatten(-1, {-1, kColours}).argmax(-1);
}

}  // namespace

LoopedModel::LoopedModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed)
    : GridModel(config, shape),
      grid_(make(seed)),
      read_(config, grid_, table()),
      turn_(config, grid_, table()) {}

GridShape LoopedModel::make(std::uint64_t seed) {
  require(
      shape().side > 0,
      "--model.name looped: answers grids, and the data holds facts; see recombine list models");
  require(shape().side % config().patch == 0, "--model.patch ", config().patch,
          ": must divide the grid's side ", shape().side);
  require(shape().study >= 1, "the model 'looped' needs study pairs, and the episodes have none");
  require(config().answer_turns == 0 || !config().turn_numbers, "--model.answer-turns ",
          config().answer_turns, ": needs --model.turn-numbers off");
  make_weights(looped_parameters(config(), shape()), seed);
  return {.side = shape().side, .patch = config().patch};
}

torch::Tensor LoopedModel::loss(const GridBatch& batch) {
  require(batch.study.size(1) == shape().study, "the model was made for ", shape().study,
          " study pairs, and the episodes have ", batch.study.size(1));
  const StudyMemory memory = read_(batch.study);
  const torch::Tensor targets = to_patches(batch.query_outputs, config().patch);  // [R, G, P]
  TurnState state = turn_.first(batch.query_inputs, memory);
  torch::Tensor sum;
  for (int turn = 0; turn < config().turns; ++turn) {
    state = turn_.next(state, memory, turn);
    const double weight = turn + 1 == config().turns ? 1 : config().turn_weight;
    if (weight == 0) continue;
    const torch::Tensor part =
        soft_grid_loss(state.board, targets, config().zero_patch_weight) * weight;
    sum = sum.defined() ? sum + part : part;
  }
  return sum / (1 + config().turn_weight * (config().turns - 1));
}

template <class See>
void LoopedModel::answer(const GridBatch& batch, const See& see) const {
  const StudyMemory memory = read_(batch.study);
  TurnState state = turn_.first(batch.query_inputs, memory);
  const bool ends = !config().turn_numbers;
  const int turns = config().answer_turns > 0 ? config().answer_turns : config().turns;
  torch::Tensor ended;  // [R, 1, 1]
  for (int turn = 0; turn < turns; ++turn) {
    TurnState after = turn_.next(state, memory, turn);
    if (ends) {
      const torch::Tensor same =
          colours_of(after.board).eq(colours_of(state.board)).flatten(1).all(1).view({-1, 1, 1});
      if (ended.defined()) after.board = torch::where(ended, state.board, after.board);
      ended = ended.defined() ? ended.logical_or(same) : same;
    }
    state = after;
    see(state);
    if (ends && ended.all().item<bool>()) return;
  }
}

GridAnswers LoopedModel::predict(const GridBatch& batch) {
  const torch::NoGradGuard guard;
  torch::Tensor board;
  answer(batch, [&](const TurnState& state) { board = state.board; });
  const auto [grids, log_probability] = most_probable_grids(board, grid_.patch);
  const std::int64_t b = batch.query_inputs.size(0);
  return {.grids = grids.unflatten(0, {b, -1}),
          .log_probability = log_probability.unflatten(0, {b, -1})};
}

std::vector<torch::Tensor> LoopedModel::grids_by_turn(const GridBatch& batch) const {
  const torch::NoGradGuard guard;
  std::vector<torch::Tensor> grids;
  answer(batch, [&](const TurnState& state) {
    grids.push_back(most_probable_grids(state.board, grid_.patch)
                        .first.unflatten(0, {batch.query_inputs.size(0), -1}));
  });
  return grids;
}

torch::Tensor LoopedModel::attention_to_study(const GridBatch& batch) const {
  const torch::NoGradGuard guard;
  const StudyMemory memory = read_(batch.study);
  TurnState state = turn_.first(batch.query_inputs, memory);
  torch::Tensor sum;
  for (int turn = 0; turn < config().turns; ++turn) {
    state = turn_.next(state, memory, turn, true);
    sum = sum.defined() ? sum + state.looks : state.looks;
  }
  return sum / config().turns;
}

}  // namespace recombine
