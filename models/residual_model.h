#pragma once
// A model for facts whose states can be read and replaced while it runs: what tracing needs of it.
// Letters: docs/GLOSSARY.md.

#include <functional>
#include <utility>

#include <torch/torch.h>

#include "models/model.h"

namespace recombine {

/// Sees, and may replace, the residual states x [B, T, D] at layer l: 0 is the sum of the
/// embeddings, l the output of the l-th block that was run, before the final norm.
using Tap = std::function<torch::Tensor(int layer, const torch::Tensor& x)>;

class ResidualModel : public FactModel {
 public:
  using FactModel::FactModel;

  ResidualModel* as_residual() final { return this; }

  /// tokens [B, T] int64 -> residual states after all blocks [B, T, D], before the final norm.
  virtual torch::Tensor states(const torch::Tensor& tokens, const Tap& tap) = 0;
  torch::Tensor states(const torch::Tensor& tokens) { return states(tokens, {}); }
  /// x [..., D] -> logits [..., V]: the final norm, then the head.
  virtual torch::Tensor read_out(const torch::Tensor& x) const = 0;
  /// Runs the blocks from `layer` on over states x [B, T, D] of that layer. `first` [B, T, D]: the
  /// states of layer 0, which a model whose blocks are run in turns may read again.
  virtual torch::Tensor run_from(int layer,
                                 torch::Tensor x,
                                 const torch::Tensor& first,
                                 const Tap& tap) = 0;
  torch::Tensor run_from(int layer, torch::Tensor x, const torch::Tensor& first) {
    return run_from(layer, std::move(x), first, {});
  }
  /// Blocks that are run, one after another.
  virtual int layers() const = 0;
  /// Row of the table for token 0 of the world.
  virtual std::int64_t first_row() const = 0;
};

}  // namespace recombine
