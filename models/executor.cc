#include "models/executor.h"

#include <algorithm>
#include <utility>

#include "data/error.h"
#include "data/grid.h"
#include "models/attention.h"
#include "models/fused/functions.h"
#include "models/patches.h"

namespace recombine {
namespace {

/// frames [M, 2, G] (one-hot), table [2, 2 G - 1, W] by distance -> [M, G / step, W]: what the
/// places 0, step, 2 step ... are, seen from both edges of the object.
torch::Tensor seen_from_edges(const torch::Tensor& frames,
                              const torch::Tensor& table,
                              std::int64_t step) {
  const std::int64_t side = frames.size(2);
  const auto options = torch::TensorOptions(torch::kInt64).device(table.device());
  const torch::Tensor places = torch::arange(0, side, step, options);
  const torch::Tensor index =
      places.unsqueeze(0) - torch::arange(side, options).unsqueeze(1) + side - 1;  // [G, G / step]
  const torch::Tensor by_edge =
      table.index_select(1, index.flatten()).view({2 * side, -1});  // [2 G, G / step W]
  return at::mm(frames.flatten(1), by_edge).view({-1, places.size(0), table.size(2)});
}

/// study [B, S, ...] -> the pairs' grids of the sections that have the indicator: [B, K, G, G].
torch::Tensor indicator_grids(const GridBatch& batch) {
  std::vector<std::int64_t> pairs;
  for (std::size_t i = 0; i < batch.study_roles.size(); ++i) {
    if ((batch.study_roles[i] & kIndicatorRole) != 0) pairs.push_back(static_cast<std::int64_t>(i));
  }
  if (pairs.empty()) return {};
  const torch::Tensor index = torch::tensor(pairs, torch::kInt64).to(batch.study.device());
  return batch.study.index_select(1, index).flatten(1, 2);
}

/// Which vectors items are executed by, where an asked study pair is left out of its own evidence.
struct LeftOut {
  std::vector<std::int64_t> pairs;  ///< places of the left out among the evidence
  std::vector<std::int64_t> rows;  ///< of each item: 0 for all evidence, 1 + i for pairs[i] missing
};

LeftOut left_out(const std::vector<int>& evidence, const std::vector<int>& items, bool on) {
  LeftOut left;
  for (const int item : items) {
    const auto own = std::ranges::find(evidence, item);
    const bool leaves = on && evidence.size() > 1 && own != evidence.end();
    if (leaves) left.pairs.push_back(own - evidence.begin());
    left.rows.push_back(leaves ? static_cast<std::int64_t>(left.pairs.size()) : 0);
  }
  return left;
}

constexpr double kFloor = 1e-6;  ///< added to a probability before its logarithm

}  // namespace

ExecutorModel::ExecutorModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed)
    : GridModel(config, shape), board_{shape.side, config.patch} {
  require(shape.side > 0,
          "--model.name executor: answers grids, and the data holds facts; see recombine list "
          "models");
  require(shape.side % config.patch == 0, "--model.patch ", config.patch,
          ": must divide the grid's side ", shape.side);
  make_weights(executor_parameters(config, shape), seed);
}

ExecutorModel::Scene ExecutorModel::scene_of(const GridBatch& batch) const {
  const torch::Tensor grids = indicator_grids(batch);
  const torch::Tensor common = grids.defined()
                                   ? common_cells(grids)
                                   : torch::zeros_like(batch.study.select(1, 0).select(1, 0));
  const torch::Tensor cells = given_boards(common, board_);
  const auto add = [&](const std::string& name) {
    const torch::Tensor place =
        (at(name + ".row").unsqueeze(1) + at(name + ".column").unsqueeze(0)).flatten(0, 1);
    return at::linear(cells, at(name + ".scene")) + place;
  };
  return {cells, add("pairs"), add("boards")};
}

ExecutorModel::Read ExecutorModel::read(const torch::Tensor& boards, const Scene& scene) const {
  const torch::Tensor occupancy = object_occupancy(boards, scene.cells);
  return {at::cat({boards, occupancy}, -1).flatten(0, 1),
          config().frame ? object_frame(occupancy, board_) : torch::Tensor{}};
}

torch::Tensor ExecutorModel::tokens(const std::string& name, const Read& read) const {
  const torch::Tensor x = at::linear(read.features, at(name + ".cells"));
  if (!config().frame) return x;
  const torch::Tensor rows =
      seen_from_edges(read.frames.narrow(1, 0, 2), at(name + ".frame_rows"), board_.patch);
  const torch::Tensor columns =
      seen_from_edges(read.frames.narrow(1, 2, 2), at(name + ".frame_columns"), board_.patch);
  return x + (rows.unsqueeze(2) + columns.unsqueeze(1)).flatten(1, 2);
}

torch::Tensor ExecutorModel::pair_vectors(const torch::Tensor& inputs,
                                          const torch::Tensor& outputs,
                                          const Scene& scene) const {
  const std::int64_t pairs = inputs.size(0);
  torch::Tensor x = tokens("pairs.input", read(inputs, scene)) +
                    tokens("pairs.output", read(outputs, scene));  // [E B, T, D]
  x = (x.unflatten(0, {pairs, -1}) + scene.pairs).flatten(0, 1);
  for (int i = 0; i < config().encoder_blocks(); ++i) {
    const std::string name = cat("infer.", i);
    const auto norm = [&](const char* part) {
      return Norm{at(name + part + ".weight"), at(name + part + ".bias")};
    };
    const SelfAttention attention{at(name + ".qkv.weight"), at(name + ".qkv.bias"),
                                  at(name + ".out.weight"), at(name + ".out.bias")};
    x = x + attention(norm(".attention_norm")(x), config().heads, {});
    const torch::Tensor hidden =
        at::linear(norm(".feed_norm")(x), at(name + ".feed_in.weight"), at(name + ".feed_in.bias"));
    x = x + at::linear(scaled_gelu(hidden, {}), at(name + ".feed_out.weight"),
                       at(name + ".feed_out.bias"));
  }
  x = Norm{at("infer.norm.weight"), at("infer.norm.bias")}(x);
  return x.mean(1).unflatten(0, {pairs, -1});
}

torch::Tensor ExecutorModel::rule_vectors(const torch::Tensor& pairs,
                                          std::size_t turn,
                                          const std::vector<std::int64_t>& left_out) const {
  const auto count = static_cast<double>(pairs.size(0));
  const torch::Tensor sum = pairs.sum(0);  // [B, D]
  std::vector<torch::Tensor> means{sum / count};
  for (const std::int64_t pair : left_out)
    means.push_back((sum - pairs.select(0, pair)) / (count - 1));
  const torch::Tensor seen =
      at::stack(means) + at("rule.role").select(0, static_cast<std::int64_t>(turn));
  const torch::Tensor hidden =
      at::gelu(at::linear(seen, at("rule.in.weight"), at("rule.in.bias")), "tanh");
  return Norm{at("rule.norm.weight"),
              at("rule.norm.bias")}(at::linear(hidden, at("rule.out.weight"), at("rule.out.bias")));
}

torch::Tensor ExecutorModel::execute(const torch::Tensor& boards,
                                     const torch::Tensor& vectors,
                                     const Scene& scene) const {
  const std::int64_t items = boards.size(0);
  const Read seen = read(boards, scene);
  torch::Tensor x = (tokens("boards", seen).unflatten(0, {items, -1}) + scene.boards).flatten(0, 1);
  const torch::Tensor by =
      vectors.expand({items, boards.size(1), -1}).reshape({items * boards.size(1), -1});
  for (int i = 0; i < config().decoder_blocks(); ++i) {
    const std::string name = cat("execute.", i);
    const ModulatedBlock block{at(name + ".qkv.weight"),      at(name + ".qkv.bias"),
                               at(name + ".out.weight"),      at(name + ".out.bias"),
                               at(name + ".feed_in.weight"),  at(name + ".feed_in.bias"),
                               at(name + ".feed_out.weight"), at(name + ".feed_out.bias")};
    x = block(x, modulation(by, at(name + ".modulation.weight"), at(name + ".modulation.bias")),
              config().heads);
  }
  x = Norm{at("execute.norm.weight"), at("execute.norm.bias")}(x);
  const torch::Tensor cells = at::linear(x, at("head.weight"), at("head.bias"))
                                  .view({x.size(0), -1, pointer_numbers(config().pointer_width)});
  const auto keys = [&](const std::string& axis, std::int64_t first) {
    const torch::Tensor fixed = at("pointer." + axis).unsqueeze(0);  // [1, G, K]
    if (!config().frame) return fixed.expand({x.size(0), -1, -1});
    return fixed + seen_from_edges(seen.frames.narrow(1, first, 2), at("pointer.frame_" + axis), 1);
  };
  return point(cells, boards.flatten(0, 1), {keys("rows", 0), keys("columns", 2)},
               {at("pointer.bias_rows"), at("pointer.bias_columns")}, board_)
      .view(boards.sizes());
}

torch::Tensor ExecutorModel::boards_of(const torch::Tensor& grids) const {
  return given_boards(grids.transpose(0, 1), board_)
      .view({grids.size(1), grids.size(0), board_.patches(), -1});
}

ExecutorModel::Trail ExecutorModel::follow(const GridBatch& batch,
                                           const std::vector<QueryKind>& kinds) const {
  const ExecutorPlan plan = executor_plan(batch.study_roles, kinds, config().explain_away);
  const Scene scene = scene_of(batch);
  const torch::Tensor targets = boards_of(batch.study.select(2, 1));
  torch::Tensor given = boards_of(batch.study.select(2, 0));
  if (!plan.new_queries.empty()) {
    const std::vector<std::int64_t> rows(plan.new_queries.begin(), plan.new_queries.end());
    given = at::cat({given, take_rows(boards_of(batch.query_inputs), rows)});
  }
  Trail trail{plan, BoardStore(given), {}};
  for (std::size_t turn = 0; turn < plan.turns.size(); ++turn) {
    if (plan.turns[turn].evidence.empty()) continue;
    const std::vector<int> pairs = trail.boards.sorted(plan.turns[turn].evidence);
    const std::vector<int> items = trail.boards.sorted(plan.turns[turn].execute);
    const LeftOut left = left_out(pairs, items, config().leave_out);
    const std::vector<std::int64_t> rows(pairs.begin(), pairs.end());
    const torch::Tensor vectors =
        rule_vectors(pair_vectors(trail.boards.gather(pairs), take_rows(targets, rows), scene),
                     turn, left.pairs);
    trail.vectors[turn] = vectors.select(0, 0);
    if (items.empty()) continue;
    const torch::Tensor by =
        left.pairs.empty()
            ? vectors
            : vectors.index_select(0, torch::tensor(left.rows, torch::kInt64).to(vectors.device()));
    trail.boards.replace(items, execute(trail.boards.gather(items), by, scene));
  }
  return trail;
}

std::array<torch::Tensor, 3> ExecutorModel::infer(const GridBatch& batch) const {
  return follow(batch, {}).vectors;
}

std::pair<torch::Tensor, std::vector<std::int64_t>> ExecutorModel::answer(
    const GridBatch& batch) const {
  std::vector<QueryKind> kinds = batch.kinds;
  if (kinds.empty()) kinds.resize(static_cast<std::size_t>(batch.query_inputs.size(1)));
  const Trail trail = follow(batch, kinds);
  std::vector<std::int64_t> queries;
  for (const int item : trail.boards.sorted(trail.plan.answers))
    queries.push_back(std::ranges::find(trail.plan.answers, item) - trail.plan.answers.begin());
  return {trail.boards.gather(trail.plan.answers), queries};
}

torch::Tensor ExecutorModel::loss(const GridBatch& batch) {
  const auto [boards, queries] = answer(batch);
  const torch::Tensor targets = take_rows(
      to_patches(batch.query_outputs.transpose(0, 1), config().patch)
          .view({batch.query_outputs.size(1), batch.query_outputs.size(0), board_.patches(), -1}),
      queries);                                                                 // [Q, B, T, P]
  const torch::Tensor filled = targets.ne(0).any(-1, true).expand_as(targets);  // [Q, B, T, P]
  const torch::Tensor weight =
      torch::where(filled, 1.0, config().zero_patch_weight).to(torch::kFloat32);
  const torch::Tensor probability =
      boards.unflatten(-1, {-1, kColours}).gather(-1, targets.to(torch::kInt64).unsqueeze(-1));
  const torch::Tensor surprise = -(probability.squeeze(-1) + kFloor).log();
  return (weight * surprise).sum() / weight.sum().clamp_min(1e-6);
}

GridAnswers ExecutorModel::most_probable(const torch::Tensor& boards) const {
  const auto [probability, colours] = boards.unflatten(-1, {-1, kColours}).max(-1);  // [Q, B, T, P]
  const torch::Tensor grids =
      from_patches(colours.to(torch::kUInt8).flatten(0, 1), shape().side, config().patch)
          .view({boards.size(0), boards.size(1), shape().side, shape().side});
  const torch::Tensor log_probability =
      (probability + kFloor).log().sum(std::vector<std::int64_t>{-1, -2});
  return {grids.transpose(0, 1).contiguous(), log_probability.t().contiguous()};
}

GridAnswers ExecutorModel::predict(const GridBatch& batch) {
  const torch::NoGradGuard guard;
  const auto [boards, queries] = answer(batch);
  std::vector<std::int64_t> back(queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i)
    back[static_cast<std::size_t>(queries[i])] = static_cast<std::int64_t>(i);
  return most_probable(take_rows(boards, back));
}

std::shared_ptr<Model> make_executor_model(const ModelConfig& config,
                                           const TaskShape& shape,
                                           std::uint64_t seed) {
  return std::make_shared<ExecutorModel>(config, shape, seed);
}

}  // namespace recombine
