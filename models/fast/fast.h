#pragma once
// The model `fast`: paired patch tokens, the study set encoded once, all patches answered at once.

#include <string>
#include <vector>

#include "models/layers/attention.h"
#include "models/layers/patch_loss.h"
#include "models/model.h"
#include "models/weights/parameters.h"

namespace recombine {

/// A study token is the sum of an embedding of an input patch, of the output patch at the same
/// position, of its row, column and pair. A pre-norm encoder reads all study tokens of an episode
/// together. A query token has a learned vector where a study token has its output patch; a
/// pre-norm decoder lets the tokens of one query see each other and the encoded study set, and
/// answers all patches in one pass. Queries do not see each other. Letters: docs/GLOSSARY.md.
class FastModel : public GridModel {
 public:
  FastModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed);

  torch::Tensor loss(const GridBatch& batch) override;
  GridAnswers predict(const GridBatch& batch) override;

  torch::Tensor attention_to_study(const GridBatch& batch) const override;

 private:
  struct EncoderBlock {
    Norm attention_norm, feed_norm;
    SelfAttention attention;
    FeedForward feed;
    torch::Tensor
        distance;  ///< [H, (2 N / patch - 1)^2]: bias by the distance of two patches, or undefined
  };
  struct DecoderBlock {
    Norm self_norm, cross_norm, feed_norm;
    SelfAttention self;
    torch::Tensor query_weight, query_bias, out_weight, out_bias;  ///< of cross-attention
    FeedForward feed;
    torch::Tensor distance, cross_distance;
  };

  FeedForward feed(const std::string& block) const;
  EncoderBlock encoder_block(int number) const;
  DecoderBlock decoder_block(int number) const;
  /// [H, rows G, cols G] or undefined.
  torch::Tensor distance_bias(const torch::Tensor& table,
                              std::int64_t rows,
                              std::int64_t cols) const;

  torch::Tensor position() const;                          // [G, D]
  torch::Tensor encode(const torch::Tensor& study) const;  // [B, S, 2, N, N] -> [B, S G, D]
  /// -> [B Q G, D]; adds to `study_weights` [B, Q, S], where it is given, each block's attention to
  /// the study pairs.
  torch::Tensor decode(const torch::Tensor& query_inputs,
                       const torch::Tensor& memory,
                       torch::Tensor* study_weights = nullptr) const;
  torch::Tensor logits(const GridBatch& batch) const;  // [B Q G, head]

  std::int64_t grid_patches_ = 0;  ///< G
  std::int64_t patch_cells_;       ///< P
  std::vector<EncoderBlock> encoder_;
  std::vector<DecoderBlock> decoder_;
};

/// How its answers come out of the numbers of its last layer.
PatchHead fast_head(const ModelConfig& config);

/// As training_flops() of models/entry.h.
double fast_training_flops(const ModelConfig& config,
                           const TaskShape& shape,
                           const std::vector<Roles>& study,
                           const std::vector<QueryKind>& queries);

/// Every parameter of the model, in storage order.
std::vector<ParameterSpec> fast_parameters(const ModelConfig& config, const TaskShape& shape);

}  // namespace recombine
