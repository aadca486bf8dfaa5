#include "models/encoder_decoder/patch_tokens.h"

#include <vector>

#include "data/error.h"
#include "data/grid.h"
#include "models/batch.h"
#include "models/layers/patches.h"

namespace recombine {
namespace {

using torch::Tensor;

constexpr std::int64_t kFullPatches = 10000;

/// patches [..., 4] uint8 -> [..., 1]: the cells as the digits of a number.
Tensor number_of(const Tensor& patches) {
  const Tensor cells = patches.to(torch::kInt64);
  const Tensor upper = cells.select(-1, 0) * 10 + cells.select(-1, 1);
  return (upper * 100 + cells.select(-1, 2) * 10 + cells.select(-1, 3)).unsqueeze(-1);
}

/// The way back.
Tensor digits_of(const Tensor& numbers) {
  std::vector<Tensor> digits;
  for (const int power : {1000, 100, 10, 1}) digits.push_back(at::floor_divide(numbers, power));
  return torch::cat(digits, -1).remainder(kColours).to(torch::kUInt8);
}

/// Of factored rows: 5 + 10 position.
Tensor first_rows(std::int64_t cells, const Tensor& like) {
  const auto options = torch::TensorOptions(torch::kInt64).device(like.device());
  return torch::arange(cells, options) * kColours + kSpecialTokens;
}

}  // namespace

PatchTokens::PatchTokens(const ModelConfig& config, PatchVocabulary vocabulary, int side)
    : vocabulary_(vocabulary),
      side_(side),
      patch_(config.patch),
      patches_(static_cast<std::int64_t>(side / config.patch) * (side / config.patch)),
      cells_(static_cast<std::int64_t>(config.patch) * config.patch),
      rows_of_token_(vocabulary == PatchVocabulary::kFactored ? cells_ : 1) {
  require(side % patch_ == 0, "--model.patch ", patch_, ": must divide the grid's side ", side);
  require(vocabulary == PatchVocabulary::kFactored || patch_ == 2, "--model.patch ", patch_,
          ": must be 2, or --model.vocabulary factored");
}

std::int64_t PatchTokens::rows() const {
  if (vocabulary_ == PatchVocabulary::kFactored) return kSpecialTokens + cells_ * kColours;
  return kSpecialTokens +
         (vocabulary_ == PatchVocabulary::kFull ? kFullPatches : std::int64_t{kCompactVocabulary});
}

std::int64_t PatchTokens::outputs() const {
  return vocabulary_ == PatchVocabulary::kFactored ? cells_ * kColours : rows();
}

Tensor PatchTokens::from_patches(const Tensor& patches) const {
  switch (vocabulary_) {
    case PatchVocabulary::kFull:
      return number_of(patches) + kSpecialTokens;
    case PatchVocabulary::kCompact: {
      const Tensor ids = compact_ids(patches).unsqueeze(-1);
      return torch::where(ids.ge(0), ids + kSpecialTokens, torch::full_like(ids, kPadToken));
    }
    case PatchVocabulary::kFactored:
      break;
  }
  return patches.to(torch::kInt64) + first_rows(cells_, patches);
}

Tensor PatchTokens::to_patches(const Tensor& tokens) const {
  const Tensor known = tokens.ge(kSpecialTokens);  // [..., W]
  Tensor patches;
  switch (vocabulary_) {
    case PatchVocabulary::kFull:
      patches = digits_of(tokens - kSpecialTokens);
      break;
    case PatchVocabulary::kCompact:
      patches = compact_patches((tokens.squeeze(-1) - kSpecialTokens).clamp_min(0));
      break;
    case PatchVocabulary::kFactored:
      patches = (tokens - first_rows(cells_, tokens)).to(torch::kUInt8);
      break;
  }
  return torch::where(known, patches, torch::full_like(patches, kNoCell));
}

Tensor PatchTokens::grids(const Tensor& grids) const {
  return from_patches(recombine::to_patches(grids, patch_));
}

Tensor PatchTokens::special(SpecialToken token, std::int64_t rows, torch::Device device) const {
  const auto options = torch::TensorOptions(torch::kInt64).device(device);
  Tensor rows_of_token = torch::full({rows, 1, rows_of_token_}, kPadToken, options);
  rows_of_token.select(-1, 0).fill_(token);
  return rows_of_token;
}

Tensor PatchTokens::study(const Tensor& pairs) const {
  const std::int64_t b = pairs.size(0);
  const std::int64_t s = pairs.size(1);
  if (s == 0)
    return torch::empty({b, 0, rows_of_token_},
                        torch::TensorOptions(torch::kInt64).device(pairs.device()));
  const Tensor sides = grids(pairs).view({b * s, 2, patches_, rows_of_token_});
  const Tensor sequence =
      torch::cat({sides.select(1, 0), special(kOutputToken, b * s, pairs.device()),
                  sides.select(1, 1), special(kPairEndToken, b * s, pairs.device())},
                 1);  // [B S, 2 G + 2, W]
  return sequence.view({b, s * study_length(), rows_of_token_});
}

Tensor PatchTokens::queries(const Tensor& inputs) const {
  const Tensor patches = grids(inputs);
  return torch::cat({patches, special(kOutputToken, patches.size(0), inputs.device())}, 1);
}

Tensor PatchTokens::answers(const Tensor& outputs) const {
  const Tensor patches = grids(outputs);
  return torch::cat({start(patches.size(0), outputs.device()), patches}, 1);
}

Tensor PatchTokens::start(std::int64_t rows, torch::Device device) const {
  return special(kStartToken, rows, device);
}

std::pair<Tensor, Tensor> PatchTokens::best(const Tensor& logits) const {
  if (vocabulary_ != PatchVocabulary::kFactored) {
    const auto [log_probability, tokens] = at::log_softmax(logits, -1).max(-1);
    return {tokens.unsqueeze(-1), log_probability};
  }
  std::vector<std::int64_t> shape(logits.sizes().begin(), logits.sizes().end() - 1);
  shape.insert(shape.end(), {cells_, kColours});
  const auto [log_probability, colours] = at::log_softmax(logits.view(shape), -1).max(-1);
  return {colours + first_rows(cells_, logits), log_probability.sum(-1)};
}

}  // namespace recombine
