#include "models/gpt/gpt.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "data/error.h"
#include "data/random.h"

namespace recombine {
namespace {

using torch::Tensor;

/// [B, A] int64: the position before each token of the answers, within the T inputs.
Tensor asked_positions(const FactBatch& batch, std::int64_t inputs) {
  const Tensor number = torch::arange(batch.answer, batch.prompt.options());  // [A]
  return (batch.prompt.unsqueeze(1) - 1 + number.unsqueeze(0)).clamp_max(inputs - 1);
}

/// [B, A] bool: whether the answer has so many tokens.
Tensor asked_mask(const FactBatch& batch) {
  const Tensor number = torch::arange(batch.answer, batch.prompt.options());
  return number.unsqueeze(0) < (batch.length - batch.prompt).unsqueeze(1);
}

/// [B, A] int64: the true tokens of the answers; positions after the end hold any token.
Tensor asked_targets(const FactBatch& batch) {
  const std::int64_t last = batch.tokens.size(1) - 1;
  return batch.tokens.gather(1, (asked_positions(batch, last) + 1).clamp_max(last));
}

/// [B, turns] bool: whether an item is asked after a turn. Of n facts, n being the tokens of its
/// question after the first, it can be asked after n turns where each follows one.
Tensor asked_turns(const FactBatch& batch, const ModelConfig& config) {
  const Tensor number = torch::arange(1, config.recurrence + 1, batch.prompt.options());
  const std::int64_t most = config.turn_loss == "hops" ? config.recurrence : 1;
  return number.unsqueeze(0) >= (batch.prompt - 1).clamp(1, most).unsqueeze(1);
}

/// x [B, T, D], positions [B, A] -> [B, A, D]. Takes whole rows: gathering number by number is
/// slower.
Tensor pick(const Tensor& x, const Tensor& positions) {
  const Tensor first = torch::arange(x.size(0), positions.options()).unsqueeze(1) * x.size(1);
  return x.flatten(0, 1)
      .index_select(0, (first + positions).flatten())
      .view({x.size(0), positions.size(1), x.size(2)});
}

}  // namespace

GptModel::GptModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed)
    : ResidualModel(config, shape), generator_(at::detail::createCPUGenerator(seed)) {
  require(shape.tokens >= 1 && shape.length >= 2,
          "--model.name gpt: answers facts, and the data "
          "holds grids; see recombine list models");
  require(config.vocabulary != "factored" && config.vocabulary != "full", "--model.vocabulary ",
          config.vocabulary, ": is for grids; the model gpt has compact and padded");
  first_row_ = config.vocabulary == "padded" ? kGpt2Tokens : 0;
  make_weights(gpt_parameters(config, shape), seed);
  for (int i = 0; i < config.layers; ++i) {
    const auto weight = [&](const char* name) {
      return at(cat("blocks.", i, ".", name, ".weight"));
    };
    const auto bias = [&](const char* name) { return at(cat("blocks.", i, ".", name, ".bias")); };
    blocks_.push_back({.attention_norm = {.weight = weight("ln_1"), .bias = bias("ln_1")},
                       .attention = {.qkv_weight = weight("qkv"),
                                     .qkv_bias = bias("qkv"),
                                     .out_weight = weight("proj"),
                                     .out_bias = bias("proj")},
                       .feed_norm = {.weight = weight("ln_2"), .bias = bias("ln_2")},
                       .feed = {.in_weight = weight("fc"),
                                .in_bias = bias("fc"),
                                .out_weight = weight("fc_proj"),
                                .out_bias = bias("fc_proj")}});
  }
}

void GptModel::name_dropout(std::uint64_t seed, std::uint64_t step, int worker) {
  if (config().dropout == 0) return;
  CounterRandom random(seed, step, Stream::kDropout, static_cast<std::uint32_t>(worker));
  const std::uint64_t high = random.word();
  const std::uint64_t name = (high << 32U) | random.word();
  generator_.set_current_seed(name);
  const torch::Device device = at("wte.weight").device();
  if (device.is_cpu()) return;
  // What at::dropout draws from; a recorded step reads the seed anew each time.
  at::Generator drawn = at::globalContext().defaultGenerator(device);
  const std::lock_guard lock(drawn.mutex());
  drawn.set_current_seed(name);
}

Tensor GptModel::drop(const Tensor& x) {
  const double p = config().dropout;
  if (p == 0 || !is_training()) return x;
  if (!x.is_cpu()) return at::dropout(x, p, true);
  return x * at::empty_like(x).bernoulli_(1 - p, generator_).div_(1 - p);
}

const GptModel::Block& GptModel::block(int layer) const {
  return blocks_[static_cast<std::size_t>(layer) % blocks_.size()];
}

Tensor GptModel::embed(const Tensor& tokens) {
  const Tensor rows = first_row_ == 0 ? tokens : tokens + first_row_;
  const Tensor positions = at("wpe.weight").narrow(0, 0, tokens.size(1));
  return drop(at::embedding(at("wte.weight"), rows) + positions);  // [B, T, D]
}

Tensor GptModel::mix(const Block& block, const Tensor& x) {
  const SelfAttention& weights = block.attention;
  const auto qkv = at::linear(x, weights.qkv_weight, weights.qkv_bias).chunk(3, -1);
  const std::int64_t heads = config().heads;
  if (config().dropout == 0 || !is_training())
    return attend(qkv[0], qkv[1], qkv[2], heads, {}, true);
  const std::int64_t t = x.size(1);
  const Tensor later = at::full({t, t}, -INFINITY, x.options()).triu(1);
  const Tensor weight_of_value = drop(attention_weights(qkv[0], qkv[1], heads, later));
  const Tensor values = qkv[2].unflatten(-1, {heads, -1}).transpose(1, 2);  // [B, H, T, K]
  return at::matmul(weight_of_value, values).transpose(1, 2).flatten(2);
}

Tensor GptModel::feed_forward(const Block& block, const Tensor& x) {
  return drop(block.feed(block.feed_norm(x)));
}

Tensor GptModel::run_block(const Block& block, const Tensor& x, const Tensor& positions) {
  const SelfAttention& weights = block.attention;
  const auto at_positions = [&](const Tensor& all) {
    return positions.defined() ? pick(all, positions) : all;
  };
  const Tensor mixed = at_positions(mix(block, block.attention_norm(x)));
  const Tensor y = at_positions(x) + drop(at::linear(mixed, weights.out_weight, weights.out_bias));
  return y + feed_forward(block, y);
}

Tensor GptModel::input_of(int layer, const Tensor& x, const Tensor& first) const {
  const bool turns = layer > 0 && static_cast<std::size_t>(layer) % blocks_.size() == 0;
  if (!turns || config().turn_input == "state") return x;
  if (config().turn_input == "injected") return x + first;
  return first + at::matmul(at::softmax(read_out(x), -1), at("wte.weight"));
}

Tensor GptModel::run_from(int layer, Tensor x, const Tensor& first, const Tap& tap) {
  for (; layer < layers(); ++layer) {
    x = run_block(block(layer), input_of(layer, x, first), {});
    if (tap) x = tap(layer + 1, x);
  }
  return x;
}

Tensor GptModel::states(const Tensor& tokens, const Tap& tap) {
  Tensor first = embed(tokens);
  if (tap) first = tap(0, first);
  return run_from(0, first, first, tap);
}

Tensor GptModel::read_out(const Tensor& x) const {
  const Norm norm{at("ln_f.weight"), at("ln_f.bias")};
  return at::linear(norm(x), at("wte.weight"));
}

Tensor GptModel::logits_at(const Tensor& tokens, const Tensor& positions) {
  const Tensor first = embed(tokens);
  const int last = layers() - 1;
  Tensor x = first;
  for (int layer = 0; layer < last; ++layer)
    x = run_block(block(layer), input_of(layer, x, first), {});
  return read_out(run_block(block(last), input_of(last, x, first), positions));
}

Tensor GptModel::asked_logits(const FactBatch& batch) {
  const std::int64_t inputs = batch.tokens.size(1) - 1;
  return logits_at(batch.tokens.narrow(1, 0, inputs), asked_positions(batch, inputs));
}

Tensor GptModel::logits_of_turns(const FactBatch& batch) {
  const std::int64_t inputs = batch.tokens.size(1) - 1;
  const Tensor positions = asked_positions(batch, inputs);
  std::vector<Tensor> turns;
  const Tap keep = [&](int layer, const Tensor& x) {
    const bool ends = layer > 0 && static_cast<std::size_t>(layer) % blocks_.size() == 0;
    if (ends) turns.push_back(read_out(pick(x, positions)));
    return x;
  };
  states(batch.tokens.narrow(1, 0, inputs), keep);
  return at::stack(turns, 1);
}

Tensor GptModel::loss_of_turns(const FactBatch& batch) {
  const Tensor logits = logits_of_turns(batch);  // [B, turns, A, V]
  const Tensor targets = (asked_targets(batch) + first_row_).unsqueeze(1);
  const Tensor each = at::log_softmax(logits, -1)
                          .gather(-1, targets.expand(logits.sizes().slice(0, 3)).unsqueeze(-1));
  const Tensor asked =
      asked_turns(batch, config()).unsqueeze(-1).to(each.dtype());       // [B, turns, 1]
  const Tensor mean = (each.squeeze(-1) * asked).sum(1) / asked.sum(1);  // [B, A]
  const Tensor mask = asked_mask(batch).to(each.dtype());
  return -(mean * mask).sum() / mask.sum();
}

Tensor GptModel::loss(const FactBatch& batch) {
  if (config().turn_loss != "last" && config().recurrence > 1) return loss_of_turns(batch);
  const Tensor logits = asked_logits(batch).flatten(0, 1);  // [B A, V]
  const Tensor targets = (asked_targets(batch) + first_row_).flatten();
  const Tensor ignored = targets.masked_fill(asked_mask(batch).flatten().logical_not(), -100);
  return at::cross_entropy_loss(logits, ignored);
}

FactAnswers GptModel::predict(const FactBatch& batch) {
  const torch::NoGradGuard guard;
  const Tensor logits = asked_logits(batch);  // [B, A, V]
  const Tensor mask = asked_mask(batch);
  const Tensor targets = asked_targets(batch) + first_row_;
  const Tensor each = at::log_softmax(logits, -1).gather(-1, targets.unsqueeze(-1)).squeeze(-1);
  const Tensor best = logits.narrow(-1, first_row_, shape().tokens).argmax(-1);
  return {.tokens = best.masked_fill(mask.logical_not(), 0),
          .log_probability = each.masked_fill(mask.logical_not(), 0).sum(-1)};
}

FactAnswers GptModel::decode(const FactBatch& batch, std::int64_t end) {
  const torch::NoGradGuard guard;
  const std::int64_t n = batch.prompt.size(0);
  const std::int64_t inputs = batch.prompt.max().item<std::int64_t>() + batch.answer;
  Tensor tokens = torch::zeros({n, inputs}, batch.tokens.options());
  const std::int64_t known = std::min(inputs, batch.tokens.size(1));
  tokens.narrow(1, 0, known).copy_(batch.tokens.narrow(1, 0, known));
  Tensor answers = torch::zeros({n, batch.answer}, batch.tokens.options());
  Tensor log_probability = torch::zeros({n}, torch::TensorOptions().device(batch.tokens.device()));
  Tensor open = torch::ones({n}, torch::TensorOptions(torch::kBool).device(batch.tokens.device()));
  for (std::int64_t a = 0; a < batch.answer; ++a) {
    const Tensor position = (batch.prompt - 1 + a).unsqueeze(1);  // [B, 1]
    const Tensor known_tokens = tokens.narrow(1, 0, inputs - batch.answer + a);
    const Tensor logits = logits_at(known_tokens, position).squeeze(1);  // [B, V]
    const auto [value, best] =
        at::log_softmax(logits, -1).narrow(-1, first_row_, shape().tokens).max(-1);
    answers.select(1, a).copy_(best * open);
    log_probability += value * open;
    tokens.scatter_(1, position + 1, best.unsqueeze(1));
    open = open.logical_and(best != end);
  }
  return {.tokens = answers, .log_probability = log_probability};
}

}  // namespace recombine
