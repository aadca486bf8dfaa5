#include "models/context_attention.h"

#include <utility>

#include "models/attention.h"

namespace recombine {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

/// [B Q, L, D] -> [B, Q L, D], the same memory.
Tensor by_episode(const Tensor& x, std::int64_t episodes) {
  return x.reshape({episodes, -1, x.size(-1)});
}

/// [N, L, D] -> [N, H, L, K].
Tensor heads_of(const Tensor& x, std::int64_t heads) {
  return x.reshape({x.size(0), x.size(1), heads, -1}).transpose(1, 2);
}

/// [N, H, L, K] -> [N, L, D].
Tensor joined(const Tensor& x) {
  return x.transpose(1, 2).reshape({x.size(0), x.size(2), x.size(1) * x.size(3)});
}

/// A softmax over one part of the keys alone, and the log of its sum [N, H, L].
struct Part {
  Tensor mixed, log_sum;
};

Part attend_to_part(const Tensor& query,
                    const Tensor& key,
                    const Tensor& value,
                    std::int64_t heads) {
  auto [mixed, log_sum] = at::_scaled_dot_product_flash_attention_for_cpu(
      heads_of(query, heads), heads_of(key, heads), heads_of(value, heads));
  return {joined(mixed), log_sum};
}

/// Gradients of query, key and value through one part. They are those of the whole softmax where
/// `mixed` and `log_sum` are of the whole: a part's shares are exp(score - log_sum).
std::array<Tensor, 3> part_gradients(const Tensor& gradient,
                                     const Tensor& query,
                                     const Tensor& key,
                                     const Tensor& value,
                                     const Tensor& mixed,
                                     const Tensor& log_sum,
                                     std::int64_t heads) {
  auto [q, k, v] = at::_scaled_dot_product_flash_attention_for_cpu_backward(
      heads_of(gradient, heads), heads_of(query, heads), heads_of(key, heads),
      heads_of(value, heads), heads_of(mixed, heads), log_sum, 0.0, false);
  return {joined(q), joined(k), joined(v)};
}

/// log_sum [B Q, H, L] -> [B, H, Q L] and back.
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

/// exp(part - whole) as a factor of the part's mixture [N, L, D].
Tensor share_of(const Tensor& part, const Tensor& whole, std::int64_t width) {
  const Tensor share = (part - whole).exp_().transpose(1, 2);  // [N, L, H]
  return share.unsqueeze(-1)
      .expand({share.size(0), share.size(1), share.size(2), width / share.size(2)})
      .reshape({share.size(0), share.size(1), width});
}

struct ContextAttention : torch::autograd::Function<ContextAttention> {
  static Tensor forward(AutogradContext* context,
                        const Tensor& query,
                        const Tensor& study_key,
                        const Tensor& study_value,
                        const Tensor& own_key,
                        const Tensor& own_value,
                        std::int64_t heads) {
    const std::int64_t episodes = study_key.size(0);
    const std::int64_t width = query.size(-1);
    const Part study = attend_to_part(by_episode(query, episodes), study_key, study_value, heads);
    const Part own = attend_to_part(query, own_key, own_value, heads);
    const Tensor study_sum = log_sum_by_query(study.log_sum, query.size(0));
    const Tensor whole = at::logaddexp(study_sum, own.log_sum);  // [B Q, H, L]
    Tensor mixed = own.mixed * share_of(own.log_sum, whole, width);
    mixed.add_(study.mixed.view(query.sizes()) * share_of(study_sum, whole, width));
    context->save_for_backward({query, study_key, study_value, own_key, own_value, mixed, whole});
    context->saved_data["heads"] = heads;
    return mixed;
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& outputs) {
    const auto saved = context->get_saved_variables();
    const Tensor& query = saved[0];
    const Tensor& mixed = saved[5];
    const Tensor& whole = saved[6];
    const std::int64_t heads = context->saved_data["heads"].toInt();
    const std::int64_t episodes = saved[1].size(0);
    const auto study = part_gradients(by_episode(outputs[0], episodes), by_episode(query, episodes),
                                      saved[1], saved[2], by_episode(mixed, episodes),
                                      log_sum_by_episode(whole, episodes), heads);
    const auto own = part_gradients(outputs[0], query, saved[3], saved[4], mixed, whole, heads);
    return {own[0] + study[0].view(query.sizes()), study[1], study[2], own[1], own[2], {}};
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
  if (!query.is_cpu()) return attend_in_copied_context(query, keys, heads);
  return ContextAttention::apply(query, keys.study_key, keys.study_value, keys.own_key,
                                 keys.own_value, heads);
}

}  // namespace recombine
