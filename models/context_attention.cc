#include "models/context_attention.h"

#include <array>

#include "models/attention.h"

namespace recombine {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

// Here everything is split into heads: [N, L, H, K].

/// [B Q, L, H, K] -> [B, Q L, H, K].
Tensor by_episode(const Tensor& x, std::int64_t episodes) {
  return x.reshape({episodes, -1, x.size(2), x.size(3)});
}

Tensor heads_first(const Tensor& x) { return x.transpose(1, 2); }

/// A softmax over one part of the keys alone, and the log of its sum [N, H, L].
struct Part {
  Tensor mixed, log_sum;
};

Part attend_to_part(const Tensor& query, const Tensor& key, const Tensor& value) {
  auto [mixed, log_sum] = at::_scaled_dot_product_flash_attention_for_cpu(
      heads_first(query), heads_first(key), heads_first(value));
  return {heads_first(mixed), log_sum};
}

/// Gradients of query, key and value through one part of the keys. They are those of the whole
/// softmax, because `whole` is of the whole: a part's shares are exp(score - log_sum).
std::array<Tensor, 3> part_gradients(const Tensor& gradient,
                                     const Tensor& query,
                                     const Tensor& key,
                                     const Tensor& value,
                                     const Part& whole) {
  auto [q, k, v] = at::_scaled_dot_product_flash_attention_for_cpu_backward(
      heads_first(gradient), heads_first(query), heads_first(key), heads_first(value),
      heads_first(whole.mixed), whole.log_sum, 0.0, false);
  return {heads_first(q), heads_first(k), heads_first(v)};
}

/// [B Q, H, L] -> [B, H, Q L], and back.
Tensor log_sum_by_episode(const Tensor& x, std::int64_t episodes) {
  const std::int64_t q = x.size(0) / episodes;
  return x.view({episodes, q, x.size(1), x.size(2)})
      .transpose(1, 2)
      .reshape({episodes, x.size(1), -1});
}
Tensor log_sum_by_query(const Tensor& x, std::int64_t queries) {
  const std::int64_t q = queries / x.size(0);
  return x.reshape({x.size(0), x.size(1), q, -1}).transpose(1, 2).reshape({queries, x.size(1), -1});
}

/// What a part's mixture counts in that of the whole: [N, H, L] -> [N, L, H, 1].
Tensor share_of(const Tensor& part, const Tensor& whole) {
  return (part - whole).exp_().transpose(1, 2).unsqueeze(-1);
}

struct ContextAttention : torch::autograd::Function<ContextAttention> {
  static Tensor forward(AutogradContext* context,
                        const Tensor& query,
                        const Tensor& study_key,
                        const Tensor& study_value,
                        const Tensor& own_key,
                        const Tensor& own_value) {
    const Part study = attend_to_part(by_episode(query, study_key.size(0)), study_key, study_value);
    const Part own = attend_to_part(query, own_key, own_value);
    const Tensor study_sum = log_sum_by_query(study.log_sum, query.size(0));
    const Tensor whole = at::logaddexp(study_sum, own.log_sum);  // [B Q, H, L]
    Tensor mixed = own.mixed * share_of(own.log_sum, whole);
    mixed.addcmul_(study.mixed.reshape(query.sizes()), share_of(study_sum, whole));
    context->save_for_backward({query, study_key, study_value, own_key, own_value, mixed, whole});
    return mixed;
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& outputs) {
    const auto saved = context->get_saved_variables();
    const Tensor& query = saved[0];
    const Part whole{saved[5], saved[6]};
    const std::int64_t b = saved[1].size(0);
    const auto study =
        part_gradients(by_episode(outputs[0], b), by_episode(query, b), saved[1], saved[2],
                       {by_episode(whole.mixed, b), log_sum_by_episode(whole.log_sum, b)});
    const auto own = part_gradients(outputs[0], query, saved[3], saved[4], whole);
    return {own[0] + study[0].reshape(query.sizes()), study[1], study[2], own[1], own[2]};
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
  if (!query.is_cpu() || query.scalar_type() != torch::kFloat)
    return attend_in_copied_context(query, keys, heads);
  const auto split = [&](const Tensor& x) { return x.unflatten(-1, {heads, -1}); };
  return ContextAttention::apply(split(query), split(keys.study_key), split(keys.study_value),
                                 split(keys.own_key), split(keys.own_value))
      .flatten(2);
}

}  // namespace recombine
