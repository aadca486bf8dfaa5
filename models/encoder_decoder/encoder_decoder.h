#pragma once
// The published encoder-decoder (arXiv 2504.01445): the weights
// and all that the models `reference` and `shared` have in common.

#include <utility>
#include <vector>

#include "models/encoder_decoder/context_attention.h"
#include "models/encoder_decoder/patch_tokens.h"
#include "models/layers/attention.h"
#include "models/model.h"

namespace recombine {

/// A post-norm encoder reads the study pairs and a query, a post-norm decoder writes the answer
/// patch by patch and ends it. Names and shapes of the weights are those of the published Python
/// module. How study pairs and queries see each other is what a model on top of it says. Letters:
/// docs/GLOSSARY.md; A = G + 1, and T are the tokens of the study set.
class EncoderDecoder : public GridModel {
 public:
  EncoderDecoder(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed);

  torch::Tensor loss(const GridBatch& batch) override;
  GridAnswers predict(const GridBatch& batch) override;
  GridAnswers predict_forced(const GridBatch& batch) override;
  bool answers_in_steps() const override { return true; }

  /// [B Q, A, V], each position after the true patches before it.
  torch::Tensor logits(const GridBatch& batch) const;
  const PatchTokens& tokens() const { return tokens_; }

 protected:
  struct EncoderLayer {
    SelfAttention attention;
    Norm attention_norm;
    FeedForward feed;
    Norm feed_norm;
    bool recompute;

    /// x [..., D] and what attention made of it -> the layer's output.
    torch::Tensor finish(const torch::Tensor& x, const torch::Tensor& mixed) const;
  };
  /// Embedded tokens, or states: study [B, T, D], undefined where nothing is shared, and queries
  /// [B Q, G + 1, D].
  struct Encoded {
    torch::Tensor study, queries;
  };

  virtual Encoded encode(const GridBatch& batch) const = 0;

  /// The encoder's input; the study set is defined, but may have no token.
  Encoded embed(const GridBatch& batch) const;
  const std::vector<EncoderLayer>& encoder() const { return encoder_; }
  torch::Tensor encoder_norm(const torch::Tensor& x) const;

 private:
  struct DecoderLayer {
    SelfAttention self;
    Norm self_norm;
    SelfAttention cross;  ///< the same packing: query, then key and value of what is read
    Norm cross_norm;
    FeedForward feed;
    Norm feed_norm;
  };
  /// Keys and values of the answer's earlier tokens.
  struct Earlier {
    torch::Tensor key, value;
  };

  SelfAttention attention(const std::string& name) const;
  Norm norm(const std::string& name) const;
  FeedForward feed_forward(const std::string& name) const;
  torch::Tensor embedding(const char* table, const torch::Tensor& tokens) const;
  torch::Tensor source_positions() const;  // [T + G + 1, D]
  torch::Tensor answer_positions() const;  // [A, D]
  /// What each decoder layer reads of the encoder.
  std::vector<ContextKeys> memory(const Encoded& encoded) const;
  /// x [B Q, L, D]: all tokens of the answers, or the next ones, where `earlier` has those before.
  torch::Tensor decode_layer(const DecoderLayer& layer,
                             const ContextKeys& memory,
                             torch::Tensor x,
                             Earlier* earlier) const;
  /// [B Q, A, D] before the output layer, each position after the true patches before it.
  torch::Tensor forced_states(const GridBatch& batch) const;
  torch::Tensor read_out(const torch::Tensor& states) const;
  /// tokens [B Q, G, W], log-probabilities [B Q, G] -> answers to the batch.
  GridAnswers to_answers(const GridBatch& batch,
                         const torch::Tensor& tokens,
                         const torch::Tensor& log_probability) const;

  PatchTokens tokens_;
  std::vector<EncoderLayer> encoder_;
  std::vector<DecoderLayer> decoder_;
};

/// Every parameter of the model, in storage order, initialised as published.
std::vector<ParameterSpec> encoder_decoder_parameters(const ModelConfig& config,
                                                      const TaskShape& shape,
                                                      const PatchTokens& tokens);

/// As training_flops() of models/entry.h, where the study set is encoded `encodings` times.
double encoder_decoder_training_flops(const ModelConfig& config,
                                      const TaskShape& shape,
                                      int queries,
                                      int encodings);

/// What --model.vocabulary asks for; auto is full for `reference` and compact for `shared`. Throws
/// InputError for the vocabulary of another family.
PatchVocabulary patch_vocabulary(const ModelConfig& config);

}  // namespace recombine
