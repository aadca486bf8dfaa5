#include "models/encoder_decoder/encoder_decoder.h"

#include "data/error.h"
#include "models/encoder_decoder/token_loss.h"
#include "models/layers/checkpointing.h"
#include "models/layers/patches.h"

namespace recombine {

using torch::Tensor;

namespace {

constexpr const char* kPositionTable = "positional_encoding.positional_1d.pos_embedding";

/// weight [3 D, D] of a packed projection: query alone, key and value alone.
Tensor project_query(const SelfAttention& weights, const Tensor& x) {
  const std::int64_t d = x.size(-1);
  return at::linear(x, weights.qkv_weight.narrow(0, 0, d), weights.qkv_bias.narrow(0, 0, d));
}
std::pair<Tensor, Tensor> project_stored(const SelfAttention& weights, const Tensor& x) {
  const std::int64_t d = x.size(-1);
  const auto stored =
      at::linear(x, weights.qkv_weight.narrow(0, d, 2 * d), weights.qkv_bias.narrow(0, d, 2 * d))
          .chunk(2, -1);
  return {stored[0], stored[1]};
}

/// What of an encoder layer comes after its attention, with all that it is made of.
struct AfterAttention {
  Tensor x, mixed;              ///< the layer's input; what attention made of it
  Tensor out_weight, out_bias;  ///< of the attention
  Norm attention_norm;
  FeedForward feed;
  Norm feed_norm;

  Tensor output() const {
    const Tensor attended = at::linear(mixed, out_weight, out_bias);
    const Tensor y = attention_norm(x + attended);
    return feed_norm(y + feed(y));
  }

  /// Every tensor, always in the same order.
  std::vector<Tensor*> tensors() {
    return {&x,
            &mixed,
            &out_weight,
            &out_bias,
            &attention_norm.weight,
            &attention_norm.bias,
            &feed.in_weight,
            &feed.in_bias,
            &feed.out_weight,
            &feed.out_bias,
            &feed_norm.weight,
            &feed_norm.bias};
  }
};

/// output(), recomputed for the gradients.
Tensor recomputed_output(AfterAttention after) {
  std::vector<Tensor> inputs;
  for (const Tensor* tensor : after.tensors()) inputs.push_back(*tensor);
  const bool exact = after.feed.exact;
  return recomputed(
      [exact](const std::vector<Tensor>& given) {
        AfterAttention again;
        again.feed.exact = exact;
        const std::vector<Tensor*> tensors = again.tensors();
        for (std::size_t i = 0; i < tensors.size(); ++i) *tensors[i] = given[i];
        return again.output();
      },
      inputs);
}

}  // namespace

PatchVocabulary patch_vocabulary(const ModelConfig& config) {
  require(config.vocabulary != "padded", "--model.vocabulary padded: is for facts; the model ",
          config.name, " has full, compact and factored");
  if (config.vocabulary == "full") return PatchVocabulary::kFull;
  if (config.vocabulary == "compact") return PatchVocabulary::kCompact;
  if (config.vocabulary == "factored") return PatchVocabulary::kFactored;
  return config.name == "reference" ? PatchVocabulary::kFull : PatchVocabulary::kCompact;
}

EncoderDecoder::EncoderDecoder(const ModelConfig& config,
                               const TaskShape& shape,
                               std::uint64_t seed)
    : GridModel(config, shape), tokens_(config, patch_vocabulary(config), shape.side) {
  require(shape.side > 0, "--model.name ", config.name,
          ": answers grids, and the data holds facts; see recombine list models");
  make_weights(encoder_decoder_parameters(config, shape, tokens_), seed);
  for (int i = 0; i < config.encoder_blocks(); ++i) {
    const std::string name = cat("transformer.encoder.layers.", i);
    encoder_.push_back({.attention = attention(name + ".self_attn"),
                        .attention_norm = norm(name + ".norm1"),
                        .feed = feed_forward(name),
                        .feed_norm = norm(name + ".norm2"),
                        .recompute = config.recompute});
  }
  for (int i = 0; i < config.decoder_blocks(); ++i) {
    const std::string name = cat("transformer.decoder.layers.", i);
    decoder_.push_back({.self = attention(name + ".self_attn"),
                        .self_norm = norm(name + ".norm1"),
                        .cross = attention(name + ".multihead_attn"),
                        .cross_norm = norm(name + ".norm2"),
                        .feed = feed_forward(name),
                        .feed_norm = norm(name + ".norm3")});
  }
}

SelfAttention EncoderDecoder::attention(const std::string& name) const {
  return {.qkv_weight = at(name + ".in_proj_weight"),
          .qkv_bias = at(name + ".in_proj_bias"),
          .out_weight = at(name + ".out_proj.weight"),
          .out_bias = at(name + ".out_proj.bias")};
}

Norm EncoderDecoder::norm(const std::string& name) const {
  return {at(name + ".weight"), at(name + ".bias")};
}

FeedForward EncoderDecoder::feed_forward(const std::string& name) const {
  return {.in_weight = at(name + ".linear1.weight"),
          .in_bias = at(name + ".linear1.bias"),
          .out_weight = at(name + ".linear2.weight"),
          .out_bias = at(name + ".linear2.bias"),
          .exact = true};
}

Tensor EncoderDecoder::EncoderLayer::finish(const Tensor& x, const Tensor& mixed) const {
  const AfterAttention after{.x = x,
                             .mixed = mixed,
                             .out_weight = attention.out_weight,
                             .out_bias = attention.out_bias,
                             .attention_norm = attention_norm,
                             .feed = feed,
                             .feed_norm = feed_norm};
  return recompute ? recomputed_output(after) : after.output();
}

Tensor EncoderDecoder::encoder_norm(const Tensor& x) const {
  return norm("transformer.encoder.norm")(x);
}

/// tokens [..., L, W] -> [..., L, D].
Tensor EncoderDecoder::embedding(const char* table, const Tensor& tokens) const {
  const Tensor rows = at::embedding(at(table), tokens);
  return tokens.size(-1) == 1 ? rows.squeeze(-2) : rows.sum(-2);
}

Tensor EncoderDecoder::source_positions() const {
  const Tensor grid = (at("positional_encoding.row_embed").unsqueeze(1) +
                       at("positional_encoding.col_embed").unsqueeze(0))
                          .flatten(0, 1);  // [G, D]
  const Tensor none = at::zeros({1, grid.size(1)}, grid.options());
  std::vector<Tensor> blocks;
  for (int side = 0; side < 2 * shape().study + 1; ++side) {
    blocks.push_back(grid);
    blocks.push_back(none);
  }
  return at(kPositionTable).squeeze(0) + torch::cat(blocks);
}

Tensor EncoderDecoder::answer_positions() const {
  const Tensor grid = (at("positional_encoding.row_embed").unsqueeze(1) +
                       at("positional_encoding.col_embed").unsqueeze(0))
                          .flatten(0, 1);
  const Tensor none = at::zeros({1, grid.size(1)}, grid.options());
  return at(kPositionTable).squeeze(0).narrow(0, 0, grid.size(0) + 1) + torch::cat({none, grid});
}

EncoderDecoder::Encoded EncoderDecoder::embed(const GridBatch& batch) const {
  require(batch.study.size(1) == shape().study, "the model was made for ", shape().study,
          " study pairs, and the episodes have ", batch.study.size(1));
  const std::int64_t b = batch.study.size(0);
  const Tensor study = tokens_.study(batch.study);             // [B, T, W]
  const Tensor queries = tokens_.queries(batch.query_inputs);  // [B Q, G + 1, W]
  const std::int64_t s = study.size(1);
  const std::int64_t u = queries.size(1);
  // One look-up for all, so that its gradient is one table and not two.
  const Tensor all = embedding("input_embedding.weight",
                               torch::cat({study, queries.view({b, -1, study.size(2)})}, 1));
  const Tensor positions = source_positions();
  return {.study = all.narrow(1, 0, s) + positions.narrow(0, 0, s),
          .queries = all.narrow(1, s, all.size(1) - s).reshape({queries.size(0), u, all.size(2)}) +
                     positions.narrow(0, s, u)};
}

std::vector<ContextKeys> EncoderDecoder::memory(const Encoded& encoded) const {
  std::vector<ContextKeys> memory;
  for (const DecoderLayer& layer : decoder_) {
    ContextKeys keys;
    if (encoded.study.defined())
      std::tie(keys.study_key, keys.study_value) = project_stored(layer.cross, encoded.study);
    std::tie(keys.own_key, keys.own_value) = project_stored(layer.cross, encoded.queries);
    memory.push_back(std::move(keys));
  }
  return memory;
}

Tensor EncoderDecoder::decode_layer(const DecoderLayer& layer,
                                    const ContextKeys& memory,
                                    Tensor x,
                                    Earlier* earlier) const {
  const std::int64_t heads = config().heads;
  const auto qkv = at::linear(x, layer.self.qkv_weight, layer.self.qkv_bias).chunk(3, -1);
  Tensor mixed;
  if (earlier == nullptr) {
    mixed = attend(qkv[0], qkv[1], qkv[2], heads, {}, true);
  } else {
    const bool first = !earlier->key.defined();
    earlier->key = first ? qkv[1] : torch::cat({earlier->key, qkv[1]}, 1);
    earlier->value = first ? qkv[2] : torch::cat({earlier->value, qkv[2]}, 1);
    mixed = attend(qkv[0], earlier->key, earlier->value, heads);
  }
  x = layer.self_norm(x + at::linear(mixed, layer.self.out_weight, layer.self.out_bias));
  const Tensor seen = attend_in_context(project_query(layer.cross, x), memory, heads);
  x = layer.cross_norm(x + at::linear(seen, layer.cross.out_weight, layer.cross.out_bias));
  return layer.feed_norm(x + layer.feed(x));
}

Tensor EncoderDecoder::forced_states(const GridBatch& batch) const {
  const std::vector<ContextKeys> stored = memory(encode(batch));
  Tensor x = embedding("output_embedding.weight", tokens_.answers(batch.query_outputs)) +
             answer_positions();
  for (std::size_t i = 0; i < decoder_.size(); ++i)
    x = decode_layer(decoder_[i], stored[i], x, nullptr);
  return norm("transformer.decoder.norm")(x);
}

Tensor EncoderDecoder::read_out(const Tensor& states) const {
  return at::linear(states, at("out.weight"), at("out.bias"));
}

Tensor EncoderDecoder::logits(const GridBatch& batch) const {
  return read_out(forced_states(batch));
}

Tensor EncoderDecoder::loss(const GridBatch& batch) {
  const Tensor states = forced_states(batch);
  const AnswerTargets targets =
      answer_targets(tokens_, config().patch, config().zero_patch_weight, batch.query_outputs);
  const Tensor& weight = at("out.weight");
  const Tensor& bias = at("out.bias");
  if (tokens_.vocabulary() != PatchVocabulary::kFactored)
    return token_loss(states.flatten(0, 1), weight, bias, targets.tokens, targets.weights);
  const Tensor asked = states.narrow(1, 0, tokens_.patches()).flatten(0, 1);
  return cell_loss(asked, weight, bias, targets.cells, targets.weights);
}

GridAnswers EncoderDecoder::to_answers(const GridBatch& batch,
                                       const Tensor& tokens,
                                       const Tensor& log_probability) const {
  const Tensor grids =
      from_patches(tokens_.to_patches(tokens), shape().side, config().patch);  // [B Q, N, N]
  return {.grids = grids.view(batch.query_inputs.sizes()),
          .log_probability = log_probability.sum(-1).view({batch.study.size(0), -1})};
}

GridAnswers EncoderDecoder::predict_forced(const GridBatch& batch) {
  const torch::NoGradGuard guard;
  const Tensor states = forced_states(batch).narrow(1, 0, tokens_.patches());
  const auto [tokens, log_probability] = tokens_.best(read_out(states));
  return to_answers(batch, tokens, log_probability);
}

GridAnswers EncoderDecoder::predict(const GridBatch& batch) {
  const torch::NoGradGuard guard;
  const std::vector<ContextKeys> stored = memory(encode(batch));
  const Tensor positions = answer_positions();
  std::vector<Earlier> earlier(decoder_.size());
  Tensor token =
      tokens_.start(stored.front().own_key.size(0), batch.study.device());  // [B Q, 1, W]
  std::vector<Tensor> tokens;
  std::vector<Tensor> log_probabilities;
  for (std::int64_t t = 0; t < tokens_.patches(); ++t) {
    Tensor x = embedding("output_embedding.weight", token) + positions[t];
    for (std::size_t i = 0; i < decoder_.size(); ++i)
      x = decode_layer(decoder_[i], stored[i], x, &earlier[i]);
    const auto [best, log_probability] =
        tokens_.best(read_out(norm("transformer.decoder.norm")(x)));
    tokens.push_back(best);
    log_probabilities.push_back(log_probability);
    token = best;
  }
  return to_answers(batch, torch::cat(tokens, 1), torch::cat(log_probabilities, 1));
}

}  // namespace recombine
