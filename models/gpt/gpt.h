#pragma once
// The model `gpt`: a GPT-2 decoder for facts (arXiv 2502.04667).

#include <string>
#include <vector>

#include "models/layers/attention.h"
#include "models/residual_model.h"

namespace recombine {

/// Pre-norm blocks with learned positions, a tanh GELU and an output head that is the table of
/// embeddings. Letters:
/// docs/GLOSSARY.md.
class GptModel : public ResidualModel {
 public:
  GptModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed);

  torch::Tensor loss(const FactBatch& batch) override;
  FactAnswers predict(const FactBatch& batch) override;
  FactAnswers decode(const FactBatch& batch, std::int64_t end) override;
  void name_dropout(std::uint64_t seed, std::uint64_t step, int worker) override;

  using ResidualModel::run_from;
  using ResidualModel::states;
  torch::Tensor states(const torch::Tensor& tokens, const Tap& tap) override;
  torch::Tensor read_out(const torch::Tensor& x) const override;
  torch::Tensor run_from(int layer,
                         torch::Tensor x,
                         const torch::Tensor& first,
                         const Tap& tap) override;
  int layers() const override { return static_cast<int>(blocks_.size()) * config().recurrence; }
  std::int64_t first_row() const override { return first_row_; }

 private:
  struct Block {
    Norm attention_norm;
    SelfAttention attention;
    Norm feed_norm;
    FeedForward feed;
  };

  const Block& block(int layer) const;
  torch::Tensor embed(const torch::Tensor& tokens);
  /// What the block of `layer` reads, where the block before it left x [B, T, D]: x, but at the
  /// beginning of a turn what --model.turn-input says of x and of the embeddings `first`.
  torch::Tensor input_of(int layer, const torch::Tensor& x, const torch::Tensor& first) const;
  /// The block's output at `positions` [B, A] alone, of states x [B, T, D] -> [B, A, D]; at every
  /// position where `positions` is undefined.
  torch::Tensor run_block(const Block& block,
                          const torch::Tensor& x,
                          const torch::Tensor& positions);
  /// Values, mixed by the attention of each position to itself and those before it, of normed
  /// states x [B, T, D] -> [B, T, D].
  torch::Tensor mix(const Block& block, const torch::Tensor& x);
  torch::Tensor feed_forward(const Block& block, const torch::Tensor& x);
  torch::Tensor drop(const torch::Tensor& x);
  /// tokens [B, T], positions [B, A] -> logits [B, A, V] of the tokens that follow those at the
  /// positions.
  torch::Tensor logits_at(const torch::Tensor& tokens, const torch::Tensor& positions);
  /// Logits at the positions that come before each token of the answers -> [B, A, V].
  torch::Tensor asked_logits(const FactBatch& batch);
  /// The same after each turn -> [B, turns, A, V].
  torch::Tensor logits_of_turns(const FactBatch& batch);
  /// The mean over the asked tokens of their mean over the turns that are asked.
  torch::Tensor loss_of_turns(const FactBatch& batch);

  std::int64_t first_row_ = 0;
  std::vector<Block> blocks_;
  at::Generator generator_;
};

/// Every parameter of the model, in storage order.
std::vector<ParameterSpec> gpt_parameters(const ModelConfig& config, const TaskShape& shape);

/// The vocabulary of GPT-2, whose rows a padded table has before those of the world.
inline constexpr std::int64_t kGpt2Tokens = 50257;

}  // namespace recombine
