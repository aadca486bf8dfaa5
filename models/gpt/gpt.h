#pragma once
// The model `gpt`: a GPT-2 decoder for facts (arXiv 2502.04667).

#include <functional>
#include <string>
#include <vector>

#include "models/layers/attention.h"
#include "models/model.h"

namespace recombine {

/// Sees, and may replace, the residual states x [N, T, D] at layer l: 0 is the sum of the
/// embeddings, l the output of the l-th block that was run, before the final norm.
using Tap = std::function<torch::Tensor(int layer, const torch::Tensor& x)>;

/// Pre-norm blocks with learned positions, a tanh GELU and an output head that is the table of
/// embeddings. Letters: N items, T input positions, A asked positions, V rows of the table, D
/// width, H heads.
class GptModel : public FactModel {
 public:
  GptModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed);

  torch::Tensor loss(const FactBatch& batch) override;
  FactAnswers predict(const FactBatch& batch) override;
  FactAnswers decode(const FactBatch& batch, std::int64_t end) override;
  void name_dropout(std::uint64_t seed, std::uint64_t step, int worker) override;

  /// tokens [N, T] int64 -> residual states after all blocks [N, T, D], before the final norm.
  torch::Tensor states(const torch::Tensor& tokens, const Tap& tap = {});
  /// x [..., D] -> logits [..., V]: the final norm, then the head.
  torch::Tensor read_out(const torch::Tensor& x) const;
  /// Runs the blocks from `layer` on over states x [N, T, D] of that layer.
  torch::Tensor run_from(int layer, torch::Tensor x, const Tap& tap = {});
  /// Blocks that are run, one after another.
  int layers() const { return static_cast<int>(blocks_.size()) * config().recurrence; }
  /// Row of the table for token 0 of the world.
  std::int64_t first_row() const { return first_row_; }

 private:
  struct Block {
    Norm attention_norm;
    SelfAttention attention;
    Norm feed_norm;
    FeedForward feed;
  };

  const Block& block(int layer) const;
  torch::Tensor embed(const torch::Tensor& tokens);
  /// The block's output at `places` [N, A] alone, of states x [N, T, D] -> [N, A, D]; at every
  /// position where `places` is undefined.
  torch::Tensor run_block(const Block& block, const torch::Tensor& x, const torch::Tensor& places);
  /// Values, mixed by the attention of each position to itself and those before it, of normed
  /// states x [N, T, D] -> [N, T, D].
  torch::Tensor mix(const Block& block, const torch::Tensor& x);
  torch::Tensor feed_forward(const Block& block, const torch::Tensor& x);
  torch::Tensor drop(const torch::Tensor& x);
  /// tokens [N, T], places [N, A] -> logits [N, A, V] of the tokens that follow those at the
  /// places.
  torch::Tensor logits_at(const torch::Tensor& tokens, const torch::Tensor& places);
  /// Logits at the places that come before each token of the answers -> [N, A, V].
  torch::Tensor asked_logits(const FactBatch& batch);

  std::int64_t first_row_ = 0;
  std::vector<Block> blocks_;
  at::Generator generator_;
};

/// Every parameter of the model, in storage order.
std::vector<ParameterSpec> gpt_parameters(const ModelConfig& config, const TaskShape& shape);

/// The vocabulary of GPT-2, whose rows a padded table has before those of the world.
inline constexpr std::int64_t kGpt2Tokens = 50257;

}  // namespace recombine
