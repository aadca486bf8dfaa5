#include "models/encoder_decoder/context_attention.h"

#include "models/fused/attention.h"
#include "models/layers/attention.h"
#include "models/layers/gpu_attention.h"

namespace recombine {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

/// [B Q, L, D] -> [B, Q L, D].
Tensor by_episode(const Tensor& x, std::int64_t episodes) {
  return x.reshape({episodes, -1, x.size(2)});
}

/// [B Q, H, L] -> [B, H, Q L], and back.
Tensor log_sums_by_episode(const Tensor& x, std::int64_t episodes) {
  const std::int64_t q = x.size(0) / episodes;
  return x.view({episodes, q, x.size(1), x.size(2)})
      .transpose(1, 2)
      .reshape({episodes, x.size(1), -1});
}
Tensor log_sums_by_query(const Tensor& x, std::int64_t queries) {
  const std::int64_t q = queries / x.size(0);
  return x.reshape({x.size(0), x.size(1), q, -1}).transpose(1, 2).reshape({queries, x.size(1), -1});
}

/// mixed [R, L, D] of some of the keys, times their fraction of the attention to all keys. That is
/// known from the logs of the softmax's sums over some and over all, both [R, H, L].
Tensor counted(const Tensor& mixed, const Tensor& some, const Tensor& all) {
  const Tensor fraction = (some - all).exp_().transpose(1, 2).unsqueeze(-1);  // [R, L, H, 1]
  return (mixed.unflatten(-1, {some.size(1), -1}) * fraction).flatten(2);
}

/// Attention to some of the keys, and its gradients, on the device of the tensors.
Attended attended_keys(const Attention& attention) {
  return attention.query.is_cuda() ? attended_on_gpu(attention) : attended(attention);
}
AttentionGradients gradients_of_keys(const Attention& attention,
                                     const Attended& whole,
                                     const Tensor& dmixed) {
  return attention.query.is_cuda() ? attention_gradients_on_gpu(attention, whole, dmixed)
                                   : attention_gradients(attention, whole, dmixed);
}

/// One softmax over two sets of keys. A key's attention weight is exp(score - log sum), so with the
/// log sum of both sets the gradients of either are those of the whole softmax.
/// The query says how many heads there are: [B Q, L, H, K].
struct ContextAttention : torch::autograd::Function<ContextAttention> {
  static Tensor forward(AutogradContext* context,
                        const Tensor& split_query,
                        const Tensor& study_key,
                        const Tensor& study_value,
                        const Tensor& own_key,
                        const Tensor& own_value) {
    const std::int64_t heads = split_query.size(2);
    const Tensor query = split_query.flatten(2);
    const Attended study =
        attended_keys({by_episode(query, study_key.size(0)), study_key, study_value, heads});
    const Attended own = attended_keys({query, own_key, own_value, heads});
    const Tensor study_sums = log_sums_by_query(study.log_sums, query.size(0));
    const Tensor whole = at::logaddexp(study_sums, own.log_sums);  // [B Q, H, L]
    Tensor mixed = (counted(own.mixed, own.log_sums, whole) +
                    counted(study.mixed.reshape(query.sizes()), study_sums, whole))
                       .to(query.scalar_type());
    context->save_for_backward(
        {split_query, study_key, study_value, own_key, own_value, mixed, whole});
    return mixed;
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& outputs) {
    const auto saved = context->get_saved_variables();
    const std::int64_t heads = saved[0].size(2);
    const Tensor query = saved[0].flatten(2);
    const std::int64_t b = saved[1].size(0);
    const auto by_study = [&](const Tensor& x) { return by_episode(x, b); };
    const auto study = gradients_of_keys({by_study(query), saved[1], saved[2], heads},
                                         {by_study(saved[5]), log_sums_by_episode(saved[6], b)},
                                         by_study(outputs[0]));
    const auto own =
        gradients_of_keys({query, saved[3], saved[4], heads}, {saved[5], saved[6]}, outputs[0]);
    return {own.query.view_as(saved[0]) + study.query.view_as(saved[0]), study.key, study.value,
            own.key, own.value};
  }
};

}  // namespace

Tensor attend_in_copied_context(const Tensor& query, const ContextKeys& keys, std::int64_t heads) {
  const auto whole = [&](const Tensor& study, const Tensor& own) {
    const std::int64_t b = study.size(0);
    const std::int64_t q = own.size(0) / b;
    const Tensor copied = study.unsqueeze(1).expand({b, q, study.size(1), study.size(2)});
    return torch::cat({copied, own.reshape({b, q, own.size(1), own.size(2)})}, 2).flatten(0, 1);
  };
  return attend(query, whole(keys.study_key, keys.own_key), whole(keys.study_value, keys.own_value),
                heads);
}

Tensor attend_in_context(const Tensor& query, const ContextKeys& keys, std::int64_t heads) {
  if (!keys.study_key.defined()) return attend(query, keys.own_key, keys.own_value, heads);
  const auto fits = query.is_cuda() ? fits_gpu : fits_tiles;
  const bool fast = fits({query, keys.study_key, keys.study_value, heads}) &&
                    fits({query, keys.own_key, keys.own_value, heads});
  if (!fast) return attend_in_copied_context(query, keys, heads);
  return ContextAttention::apply(query.unflatten(-1, {heads, -1}), keys.study_key, keys.study_value,
                                 keys.own_key, keys.own_value);
}

}  // namespace recombine
