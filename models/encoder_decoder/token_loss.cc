#include "models/encoder_decoder/token_loss.h"

#include "data/grid.h"
#include "models/encoder_decoder/encoder_decoder.h"
#include "models/layers/patch_loss.h"
#include "models/layers/patches.h"
#include "models/layers/weighted_mean.h"

namespace recombine {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

/// Rows of logits that exist at a time: 10 MB of the full vocabulary on a CPU, whose caches they
/// should not leave; 330 MB on a GPU, which wants large products.
std::int64_t rows_at_a_time(const Tensor& hidden) { return hidden.is_cpu() ? 256 : 8192; }

/// The output layer, and what its rows are compared with.
struct Head {
  Tensor weight, bias, targets, weights;
};

/// Gradients of the weighted negative log-likelihood, collected while the logits are there.
struct HeadGradients {
  Tensor hidden, weight, bias;
};

/// p [rows, V] softmax less one-hot, of the rows from `first` on, h [rows, D], w [rows].
void collect(HeadGradients& to,
             const Tensor& p,
             const Tensor& h,
             const Tensor& w,
             const Tensor& weight,
             std::int64_t first) {
  to.hidden.narrow(0, first, h.size(0)).copy_(at::mm(p, weight).mul_(w.unsqueeze(1)));
  to.weight.addmm_(p.t(), h * w.unsqueeze(1));
  to.bias.addmv_(p.t(), w);
}

/// The weighted sum of negative log-likelihoods of hidden [R, D]; adds to `gradients` where they
/// are wanted.
Tensor negative_log_likelihood(const Tensor& hidden, const Head& head, HeadGradients* gradients) {
  Tensor sum = at::zeros({}, hidden.options());
  const std::int64_t chunk = rows_at_a_time(hidden);
  for (std::int64_t first = 0; first < hidden.size(0); first += chunk) {
    const std::int64_t count = std::min(chunk, hidden.size(0) - first);
    const Tensor h = hidden.narrow(0, first, count);
    const Tensor w = head.weights.narrow(0, first, count);
    const Tensor target = head.targets.narrow(0, first, count).unsqueeze(1);
    const Tensor logits = at::addmm(head.bias, h, head.weight.t());
    Tensor p = at::log_softmax(logits.to(torch::kFloat32), -1);  // [rows, V]
    sum.sub_(p.gather(1, target).squeeze(1).dot(w));
    if (gradients == nullptr) continue;
    p.exp_().scatter_add_(1, target, at::full_like(target, -1, p.options()));
    collect(*gradients, p, h, w, head.weight, first);
  }
  return sum;
}

struct ChunkedHead : torch::autograd::Function<ChunkedHead> {
  static Tensor forward(AutogradContext* context,
                        const Tensor& hidden,
                        const Tensor& weight,
                        const Tensor& bias,
                        const Tensor& targets,
                        const Tensor& weights) {
    HeadGradients gradients{.hidden = at::empty_like(hidden),
                            .weight = at::zeros_like(weight),
                            .bias = at::zeros_like(bias)};
    const Tensor sum = negative_log_likelihood(
        hidden, {.weight = weight, .bias = bias, .targets = targets, .weights = weights},
        &gradients);
    const Tensor total = total_weight(weights);
    context->save_for_backward({gradients.hidden, gradients.weight, gradients.bias, total});
    return sum / total;
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& outputs) {
    const auto saved = context->get_saved_variables();
    const Tensor scale = outputs[0] / saved[3];
    return {saved[0] * scale, saved[1] * scale, saved[2] * scale, {}, {}};
  }
};

}  // namespace

AnswerTargets answer_targets(const PatchTokens& tokens,
                             int patch,
                             double zero_patch_weight,
                             const Tensor& outputs) {
  const Tensor patches = to_patches(outputs, patch);  // [R, G, P]
  const Tensor weight =
      patch_weights({.compact = false, .zero_patch_weight = zero_patch_weight}, patches);  // [R, G]
  if (tokens.vocabulary() == PatchVocabulary::kFactored)
    return {.tokens = {},
            .cells = patches.flatten(0, 1).to(torch::kInt64),
            .weights = weight.flatten()};
  const Tensor ids = tokens.from_patches(patches).squeeze(-1);  // [R, G]
  const Tensor end = at::full({ids.size(0), 1}, kEndToken, ids.options());
  const Tensor one = at::ones({ids.size(0), 1}, weight.options());
  return {.tokens = torch::cat({ids, end}, 1).flatten(),
          .cells = {},
          .weights = torch::cat({weight * ids.ne(kPadToken), one}, 1).flatten()};
}

Tensor token_loss(const Tensor& hidden,
                  const Tensor& weight,
                  const Tensor& bias,
                  const Tensor& targets,
                  const Tensor& weights) {
  if (!at::GradMode::is_enabled())
    return negative_log_likelihood(
               hidden, {.weight = weight, .bias = bias, .targets = targets, .weights = weights},
               nullptr) /
           total_weight(weights);
  return ChunkedHead::apply(hidden, weight, bias, targets, weights);
}

Tensor cell_loss(const Tensor& hidden,
                 const Tensor& weight,
                 const Tensor& bias,
                 const Tensor& cells,
                 const Tensor& weights) {
  const Tensor logits = at::linear(hidden, weight, bias).view({-1, kColours});
  const Tensor of_cells =
      at::cross_entropy_loss(logits, cells.flatten(), {}, at::Reduction::None).view(cells.sizes());
  return weighted_mean(of_cells.sum(-1), weights);
}

}  // namespace recombine
