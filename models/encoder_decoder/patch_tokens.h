#pragma once
// Grids as the token sequences of the published encoder-decoder (arXiv 2504.01445; its tokenizer
// and its sequences).

#include <cstdint>
#include <utility>

#include <torch/torch.h>

#include "models/config.h"

namespace recombine {

/// Which patches have a token of their own.
enum class PatchVocabulary { kFull, kCompact, kFactored };

/// Special tokens, before those of patches.
enum SpecialToken : std::int64_t {
  kPadToken = 0,
  kStartToken = 1,
  kEndToken = 2,
  kOutputToken = 3,   ///< between input and output
  kPairEndToken = 4,  ///< after a study pair
  kSpecialTokens = 5,
};

/// A token is W rows of a table of embeddings, whose sum stands for it: one row a patch (full: 5 +
/// 1000 a + 100 b + 10 c + d for the patch (a b / c d); compact: 5 + compact_ids()), or factored a
/// row a cell (5 + 10 position + colour). A special token is its row, and kPadToken besides it
/// where W > 1. A patch that the compact vocabulary lacks (target noise) is kPadToken. Letters:
/// docs/GLOSSARY.md.
class PatchTokens {
 public:
  /// Throws InputError for a patch that does not fit the grid or the vocabulary.
  PatchTokens(const ModelConfig& config, PatchVocabulary vocabulary, int side);

  PatchVocabulary vocabulary() const { return vocabulary_; }
  std::int64_t patches() const { return patches_; }               ///< G
  std::int64_t study_length() const { return 2 * patches_ + 2; }  ///< tokens of a study pair
  std::int64_t query_length() const { return patches_ + 1; }      ///< tokens of a query
  std::int64_t rows() const;                                      ///< of a table
  std::int64_t outputs() const;  ///< numbers that the output layer has for a patch

  /// patches [..., P] uint8 -> [..., W] int64.
  torch::Tensor from_patches(const torch::Tensor& patches) const;
  /// The way back; kNoCell in the cells of a special token.
  torch::Tensor to_patches(const torch::Tensor& tokens) const;

  /// pairs [B, S, 2, N, N] -> [B, S (2 G + 2), W]: input, kOutputToken, output, kPairEndToken.
  torch::Tensor study(const torch::Tensor& pairs) const;
  /// inputs [B, Q, N, N] -> [B Q, G + 1, W]: input, kOutputToken.
  torch::Tensor queries(const torch::Tensor& inputs) const;
  /// outputs [B, Q, N, N] -> [B Q, G + 1, W]: kStartToken, output. What the decoder reads.
  torch::Tensor answers(const torch::Tensor& outputs) const;
  /// The token that begins an answer, for `rows` rows -> [rows, 1, W].
  torch::Tensor start(std::int64_t rows, torch::Device device) const;

  /// logits [..., outputs()] -> the most probable tokens [..., W] and their log-probabilities
  /// [...].
  std::pair<torch::Tensor, torch::Tensor> best(const torch::Tensor& logits) const;

 private:
  torch::Tensor grids(const torch::Tensor& grids) const;  // [..., N, N] -> [R, G, W]
  torch::Tensor special(SpecialToken token, std::int64_t rows, torch::Device device) const;

  PatchVocabulary vocabulary_;
  int side_;
  int patch_;
  std::int64_t patches_;
  std::int64_t cells_;          ///< P
  std::int64_t rows_of_token_;  ///< W
};

}  // namespace recombine
