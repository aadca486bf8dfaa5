#include "models/fused/attention.h"

#include "models/fused/attend.h"
#include "models/fused/floats.h"

namespace recombine {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Tokens may lie apart, as pieces of a wider row do; the numbers of one token lie side by side.
Tensor readable(const Tensor& x) { return x.stride(2) == 1 ? x : x.contiguous(); }

/// A bias without numbers stands for none: a function's inputs must be defined.
bool biased(const Attention& attention) {
  return attention.bias.defined() && attention.bias.numel() > 0;
}

/// The same, as the loops can read it.
Attention readable(const Attention& attention) {
  Attention all = attention;
  all.query = readable(attention.query);
  all.key = readable(attention.key);
  all.value = readable(attention.value);
  if (biased(attention)) all.bias = attention.bias.contiguous();
  return all;
}

fused::Tokens tokens_of(const Tensor& x) { return {floats(x), x.stride(0), x.stride(1)}; }

fused::QueryKeyValue tokens_of(const Attention& all) {
  return {tokens_of(all.query), tokens_of(all.key), tokens_of(all.value)};
}

fused::Attending shape_of(const Attention& all) {
  return {.rows = all.query.size(0),
          .heads = all.heads,
          .queries = all.query.size(1),
          .keys = all.key.size(1),
          .width = all.query.size(2) / all.heads,
          .causal = all.causal,
          .bias = biased(all) ? floats(all.bias) : nullptr,
          .bias_heads = biased(all) ? all.bias.size(0) : 1};
}

Tensor workspace_of(const fused::Attending& shape) {
  return torch::empty({static_cast<std::int64_t>(fused::attend_workspace(shape))});
}

Tensor room_for(const Tensor& x) { return torch::empty(x.sizes(), x.options()); }

/// What attention is told beside its tensors.
struct Manner {
  std::int64_t heads;
  bool causal;
};

struct Attend : torch::autograd::Function<Attend> {
  static Tensor forward(AutogradContext* context,
                        const Tensor& query,
                        const Tensor& key,
                        const Tensor& value,
                        const Tensor& bias,
                        Manner manner) {
    const Attention all = readable(Attention{query, key, value, manner.heads, bias, manner.causal});
    const Attended result = attended(all);
    context->save_for_backward(
        {all.query, all.key, all.value, all.bias, result.mixed, result.log_sums});
    context->saved_data["heads"] = manner.heads;
    context->saved_data["causal"] = manner.causal;
    return result.mixed;
  }

  static variable_list backward(AutogradContext* context, const variable_list& back) {
    const variable_list saved = context->get_saved_variables();
    const Attention all{saved[0], saved[1],
                        saved[2], context->saved_data["heads"].toInt(),
                        saved[3], context->saved_data["causal"].toBool()};
    const AttentionGradients to =
        attention_gradients(all, {saved[4], saved[5]}, back[0], context->needs_input_grad(3));
    return {to.query, to.key, to.value, to.bias, {}};
  }
};

}  // namespace

bool fits_tiles(const Attention& attention) {
  const auto plain = [](const Tensor& x) {
    return !x.defined() || (x.is_cpu() && x.scalar_type() == torch::kFloat);
  };
  return plain(attention.query) && plain(attention.key) && plain(attention.value) &&
         plain(attention.bias) &&
         attention.query.size(-1) % (attention.heads * fused::kHeadStep) == 0;
}

Tensor attend_in_tiles(const Attention& attention) {
  return Attend::apply(attention.query, attention.key, attention.value,
                       attention.bias.defined() ? attention.bias : torch::empty({0}),
                       Manner{attention.heads, attention.causal});
}

Tensor attend_plain(const Attention& attention) {
  const auto split = [&](const Tensor& x) {
    return x.unflatten(-1, {attention.heads, -1}).transpose(1, 2);  // [R, H, L, K]
  };
  c10::optional<Tensor> mask;
  if (attention.bias.defined()) mask = attention.bias.unsqueeze(0);  // [1, H, L, T]
  const Tensor mixed =
      at::scaled_dot_product_attention(split(attention.query), split(attention.key),
                                       split(attention.value), mask, 0.0, attention.causal);
  return mixed.transpose(1, 2).reshape(attention.query.sizes());
}

Attended attended(const Attention& attention) {
  const Attention all = readable(attention);
  const fused::Attending shape = shape_of(all);
  Tensor mixed = room_for(all.query);
  Tensor log_sums = torch::empty({shape.rows, shape.heads, shape.queries}, mixed.options());
  Tensor workspace = workspace_of(shape);
  fused::attend_forward(shape, tokens_of(all), floats_of(mixed), floats_of(log_sums),
                        floats_of(workspace));
  return {mixed, log_sums};
}

AttentionGradients attention_gradients(const Attention& attention,
                                       const Attended& whole,
                                       const Tensor& dmixed,
                                       bool bias_learns) {
  const Attention all = readable(attention);
  const fused::Attending shape = shape_of(all);
  AttentionGradients to{room_for(all.query), room_for(all.key), room_for(all.value), {}};
  if (bias_learns) to.bias = torch::zeros_like(all.bias);
  Tensor workspace = workspace_of(shape);
  const Tensor mixed = whole.mixed.contiguous();
  const Tensor log_sums = whole.log_sums.contiguous();
  const Tensor back = dmixed.contiguous();
  fused::attend_backward(shape, tokens_of(all), {floats(mixed), floats(log_sums), floats(back)},
                         {floats_of(to.query), floats_of(to.key), floats_of(to.value),
                          bias_learns ? floats_of(to.bias) : nullptr},
                         floats_of(workspace));
  return to;
}

}  // namespace recombine
