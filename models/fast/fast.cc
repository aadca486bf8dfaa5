#include "models/fast/fast.h"

#include "data/error.h"
#include "data/grid.h"
#include "models/layers/patches.h"

namespace recombine {

PatchHead fast_head(const ModelConfig& config) {
  return {.compact = config.vocabulary == "compact", .zero_patch_weight = config.zero_patch_weight};
}

FastModel::FastModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed)
    : GridModel(config, shape),
      patch_cells_(static_cast<std::int64_t>(config.patch) * config.patch) {
  require(shape.side > 0,
          "--model.name fast: answers grids, and the data holds facts; see recombine list models");
  require(shape.side % config.patch == 0, "--model.patch ", config.patch,
          ": must divide the grid's side ", shape.side);
  require(config.vocabulary != "padded" && config.vocabulary != "full", "--model.vocabulary ",
          config.vocabulary, ": the model fast has factored and compact");
  require(config.vocabulary != "compact" || config.patch == 2,
          "--model.vocabulary compact: needs --model.patch 2");
  require(shape.study >= 1, "the model 'fast' needs study pairs, and the episodes have none");
  grid_patches_ =
      static_cast<std::int64_t>(shape.side / config.patch) * (shape.side / config.patch);
  make_weights(fast_parameters(config, shape), seed);
  for (int i = 0; i < config.encoder_blocks(); ++i) encoder_.push_back(encoder_block(i));
  for (int i = 0; i < config.decoder_blocks(); ++i) decoder_.push_back(decoder_block(i));
}

FeedForward FastModel::feed(const std::string& block) const {
  return {.in_weight = at(block + ".feed.in.weight"),
          .in_bias = at(block + ".feed.in.bias"),
          .out_weight = at(block + ".feed.out.weight"),
          .out_bias = at(block + ".feed.out.bias")};
}

FastModel::EncoderBlock FastModel::encoder_block(int number) const {
  const std::string name = cat("encoder.", number);
  const auto norm = [&](const char* norm_name) {
    return Norm{at(name + norm_name + ".weight"), at(name + norm_name + ".bias")};
  };
  EncoderBlock block{.attention_norm = norm(".attention_norm"),
                     .feed_norm = norm(".feed_norm"),
                     .attention = {.qkv_weight = at(name + ".attention.qkv.weight"),
                                   .qkv_bias = at(name + ".attention.qkv.bias"),
                                   .out_weight = at(name + ".attention.out.weight"),
                                   .out_bias = at(name + ".attention.out.bias")},
                     .feed = feed(name),
                     .distance = {}};
  if (config().relative_bias) block.distance = at(name + ".distance");
  return block;
}

FastModel::DecoderBlock FastModel::decoder_block(int number) const {
  const std::string name = cat("decoder.", number);
  const auto norm = [&](const char* norm_name) {
    return Norm{at(name + norm_name + ".weight"), at(name + norm_name + ".bias")};
  };
  DecoderBlock block{.self_norm = norm(".self_norm"),
                     .cross_norm = norm(".cross_norm"),
                     .feed_norm = norm(".feed_norm"),
                     .self = {.qkv_weight = at(name + ".self.qkv.weight"),
                              .qkv_bias = at(name + ".self.qkv.bias"),
                              .out_weight = at(name + ".self.out.weight"),
                              .out_bias = at(name + ".self.out.bias")},
                     .query_weight = at(name + ".cross_query.weight"),
                     .query_bias = at(name + ".cross_query.bias"),
                     .out_weight = at(name + ".cross_out.weight"),
                     .out_bias = at(name + ".cross_out.bias"),
                     .feed = feed(name),
                     .distance = {},
                     .cross_distance = {}};
  if (config().relative_bias) {
    block.distance = at(name + ".distance");
    block.cross_distance = at(name + ".cross_distance");
  }
  return block;
}

torch::Tensor FastModel::position() const {
  const std::int64_t n = shape().side / config().patch;
  const torch::Tensor rows = at("embed.row").unsqueeze(1);            // [N / patch, 1, D]
  return (rows + at("embed.column").unsqueeze(0)).view({n * n, -1});  // [G, D]
}

torch::Tensor FastModel::distance_bias(const torch::Tensor& table,
                                       std::int64_t rows,
                                       std::int64_t cols) const {
  if (!table.defined()) return {};
  const std::int64_t n = shape().side / config().patch;
  const torch::Tensor patch =
      torch::arange(grid_patches_, torch::TensorOptions(torch::kInt64).device(table.device()));
  const torch::Tensor row = torch::floor_divide(patch, n);
  const torch::Tensor col = patch.remainder(n);
  const torch::Tensor down = row.unsqueeze(1) - row.unsqueeze(0) + n - 1;  // [G, G]
  const torch::Tensor right = col.unsqueeze(1) - col.unsqueeze(0) + n - 1;
  const torch::Tensor index = (down * (2 * n - 1) + right).repeat({rows, cols});
  return table.index_select(1, index.flatten()).view({table.size(0), index.size(0), index.size(1)});
}

torch::Tensor FastModel::encode(const torch::Tensor& study) const {
  const std::int64_t b = study.size(0);
  const std::int64_t s = study.size(1);
  require(s == shape().study, "the model was made for ", shape().study,
          " study pairs, and the episodes have ", s);
  const torch::Tensor patches =
      to_patches(study, config().patch).view({b * s, 2, grid_patches_, patch_cells_});
  const torch::Tensor inputs = at::linear(one_hot_cells(patches.select(1, 0)), at("embed.input"));
  const torch::Tensor outputs = at::linear(one_hot_cells(patches.select(1, 1)), at("embed.output"));
  const torch::Tensor where = at("embed.pair").unsqueeze(1) + position().unsqueeze(0);  // [S, G, D]
  torch::Tensor x = (inputs + outputs).view({b, s, grid_patches_, -1}) + where;  // [B, S, G, D]
  x = x.view({b, s * grid_patches_, -1});                                        // [B, S G, D]
  for (const EncoderBlock& block : encoder_) {
    x = x + block.attention(block.attention_norm(x), config().heads,
                            distance_bias(block.distance, s, s));
    x = x + block.feed(block.feed_norm(x));
  }
  return Norm{at("encoder.norm.weight"), at("encoder.norm.bias")}(x);
}

torch::Tensor FastModel::decode(const torch::Tensor& query_inputs,
                                const torch::Tensor& memory,
                                torch::Tensor* study_weights) const {
  const std::int64_t b = query_inputs.size(0);
  const std::int64_t q = query_inputs.size(1);
  const torch::Tensor cells =
      one_hot_cells(to_patches(query_inputs, config().patch));  // [B Q, G, P 10]
  torch::Tensor x =
      at::linear(cells, at("embed.input")) + (position() + at("embed.mask"));  // [B Q, G, D]
  // Keys and values of all blocks in one product.
  const auto stored =
      at::linear(memory, at("memory.weight"), at("memory.bias"))
          .chunk(static_cast<std::int64_t>(2 * decoder_.size()), -1);  // [B, S G, D] each
  for (std::size_t i = 0; i < decoder_.size(); ++i) {
    const DecoderBlock& block = decoder_[i];
    x = x + block.self(block.self_norm(x), config().heads, distance_bias(block.distance, 1, 1));
    const torch::Tensor asked =
        at::linear(block.cross_norm(x), block.query_weight, block.query_bias);
    const torch::Tensor bias = distance_bias(block.cross_distance, q, shape().study);
    if (study_weights != nullptr) {
      const torch::Tensor each = attention_weights(asked.view({b, q * grid_patches_, -1}),
                                                   stored[2 * i], config().heads, bias);
      study_weights->add_(each.view({b, config().heads, q, grid_patches_, -1, grid_patches_})
                              .sum(-1)
                              .mean(std::vector<std::int64_t>{1, 3}));
    }
    const torch::Tensor seen = attend(asked.view({b, q * grid_patches_, -1}), stored[2 * i],
                                      stored[2 * i + 1], config().heads, bias);  // [B, Q G, D]
    x = x + at::linear(seen, block.out_weight, block.out_bias).view(x.sizes());
    x = x + block.feed(block.feed_norm(x));
  }
  return Norm{at("decoder.norm.weight"), at("decoder.norm.bias")}(x).flatten(0, 1);  // [B Q G, D]
}

torch::Tensor FastModel::attention_to_study(const GridBatch& batch) const {
  torch::Tensor study_weights =
      torch::zeros({batch.query_inputs.size(0), batch.query_inputs.size(1), shape().study},
                   torch::TensorOptions().device(batch.study.device()));
  decode(batch.query_inputs, encode(batch.study), &study_weights);
  return study_weights / static_cast<double>(decoder_.size());
}

torch::Tensor FastModel::logits(const GridBatch& batch) const {
  const torch::Tensor hidden = decode(batch.query_inputs, encode(batch.study));
  return at::linear(hidden, at("head.weight"), at("head.bias"));
}

torch::Tensor FastModel::loss(const GridBatch& batch) {
  const torch::Tensor targets =
      to_patches(batch.query_outputs, config().patch).flatten(0, 1);  // [B Q G, P]
  return patch_loss(fast_head(config()), logits(batch), targets);
}

GridAnswers FastModel::predict(const GridBatch& batch) {
  const torch::NoGradGuard guard;
  const auto [patches, log_probability] =
      best_patches(fast_head(config()), logits(batch), patch_cells_);
  const std::int64_t b = batch.query_inputs.size(0);
  const std::int64_t q = batch.query_inputs.size(1);
  const torch::Tensor grids = from_patches(patches.view({b * q, grid_patches_, patch_cells_}),
                                           shape().side, config().patch);
  return {.grids = grids.view({b, q, shape().side, shape().side}),
          .log_probability = log_probability.view({b, q, grid_patches_}).sum(-1)};
}

}  // namespace recombine
