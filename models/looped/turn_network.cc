#include "models/looped/turn_network.h"

#include <cmath>

#include "data/error.h"
#include "data/grid.h"

namespace recombine {
namespace {

FeedForward bound_feed(const WeightTable& weights, const std::string& name) {
  return {.in_weight = weights.at(name + ".in.weight"),
          .in_bias = weights.at(name + ".in.bias"),
          .out_weight = weights.at(name + ".out.weight"),
          .out_bias = weights.at(name + ".out.bias")};
}

/// weights [..., S] -> 1 at the greatest of each row, 0 elsewhere, with the gradients of `weights`.
torch::Tensor greatest_alone(const torch::Tensor& weights) {
  const torch::Tensor one = torch::zeros_like(weights).scatter_(-1, weights.argmax(-1, true), 1.0);
  return one + weights - weights.detach();
}

}  // namespace

TurnNetwork::TurnNetwork(const ModelConfig& config,
                         const GridShape& shape,
                         const WeightTable& weights)
    : shape_(shape),
      heads_(config.heads),
      occupancy_(config.occupancy),
      boards_(config.state != "latent"),
      tokens_(config.state != "board"),
      one_(config.choice == "one"),
      board_(weights.at("boards.cells")),
      given_(weights.at("boards.given")),
      mean_(weight_or_none(weights, "boards.mean")),
      row_(weights.at("boards.row")),
      column_(weights.at("boards.column")),
      turns_(weight_or_none(weights, "boards.turn")),
      handed_(weight_or_none(weights, "boards.handed")),
      norm_{weights.at("turn.norm.weight"), weights.at("turn.norm.bias")},
      head_weight_(weights.at("head.weight")),
      head_bias_(weights.at("head.bias")) {
  if (config.conditioning == "vector") {
    chooser_ = Chooser{.ask = bound_feed(weights, "choose.ask"),
                       .make = bound_feed(weights, "choose.make"),
                       .norm = {weights.at("choose.norm.weight"), weights.at("choose.norm.bias")}};
  }
  for (int i = 0; i < config.decoder_blocks(); ++i)
    blocks_.push_back(guided_block(weights, cat("turn.", i), chooser_.has_value()));
  if (config.pointers) pointer_.emplace(weights, shape);
}

torch::Tensor TurnNetwork::embedded(const TurnState& state, const StudyMemory& memory) const {
  torch::Tensor x = at::linear(cell_features(state.board, occupancy_), board_) +
                    at::linear(cell_features(state.given, occupancy_), given_) +
                    patch_positions(row_, column_, shape_);
  if (!mean_.defined()) return x;
  const torch::Tensor mean = at::linear(memory.mean, mean_);  // [B, G, D]
  return (x.unflatten(0, {mean.size(0), -1}) + mean.unsqueeze(1)).flatten(0, 1);
}

TurnState TurnNetwork::first(const torch::Tensor& query_inputs, const StudyMemory& memory) const {
  const torch::Tensor given = given_soft_grids(query_inputs, shape_.patch);
  TurnState state{.given = given, .board = given, .tokens = {}, .looks = {}};
  if (!boards_) state.tokens = embedded(state, memory);
  return state;
}

torch::Tensor TurnNetwork::read(const TurnState& state, const StudyMemory& memory, int turn) const {
  torch::Tensor x = boards_ ? embedded(state, memory) : state.tokens;
  if (boards_ && state.tokens.defined()) x = x + at::linear(norm_(state.tokens), handed_);
  return turns_.defined() ? x + turns_.select(0, turn) : x;
}

torch::Tensor TurnNetwork::choose(const torch::Tensor& x, const StudyMemory& memory) const {
  const torch::Tensor asked =
      chooser_->ask(x.mean(1)).unflatten(0, {memory.keys.size(0), -1});  // [B, Q, D]
  const double scale = 1 / std::sqrt(static_cast<double>(asked.size(-1)));
  const torch::Tensor weights =
      at::softmax(at::matmul(asked * scale, memory.keys.transpose(1, 2)), -1);
  return one_ ? greatest_alone(weights) : weights;
}

TurnState TurnNetwork::next(const TurnState& state,
                            const StudyMemory& memory,
                            int turn,
                            bool wanted) const {
  TurnState after = state;
  torch::Tensor x = read(state, memory, turn);
  torch::Tensor vectors;  // [R, D]
  if (chooser_) {
    after.looks = choose(x, memory);
    vectors = chooser_->norm(chooser_->make(at::matmul(after.looks, memory.vectors))).flatten(0, 1);
  } else if (wanted) {
    after.looks = torch::zeros({}, x.options());
  }
  for (const GuidedBlock& each : blocks_) {
    if (!each.look) {
      x = each.block(x, modulation(vectors, each.modulation_weight, each.modulation_bias), heads_);
      continue;
    }
    const std::int64_t b = memory.tokens.size(0);
    const torch::Tensor asking = x.view({b, -1, x.size(-1)});  // [B, Q G, D]
    if (wanted) {
      const torch::Tensor each_token = each.look->weights_of(asking, memory.tokens, heads_);
      after.looks =
          after.looks + each_token
                                .view({b, heads_, -1, shape_.patches(),
                                       memory.tokens.size(1) / shape_.patches(), shape_.patches()})
                                .sum(-1)
                                .mean(std::vector<std::int64_t>{1, 3}) /
                            static_cast<double>(blocks_.size());
    }
    x = each.block(x + (*each.look)(asking, memory.tokens, heads_).view(x.sizes()), {}, heads_);
  }
  if (tokens_) after.tokens = x;
  after.board = write(x, boards_ ? state.board : state.given);
  return after;
}

torch::Tensor TurnNetwork::write(const torch::Tensor& x, const torch::Tensor& from) const {
  const torch::Tensor numbers = at::linear(norm_(x), head_weight_, head_bias_);
  if (!pointer_) return numbers.unflatten(-1, {-1, kColours}).softmax(-1).view(from.sizes());
  const PointerKeys keys = pointer_->keys({}, shape_.patches(), x.size(0));
  return pointed(pointer_->point(numbers, from, keys)).view(from.sizes());
}

}  // namespace recombine
