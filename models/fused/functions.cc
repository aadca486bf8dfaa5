#include "models/fused/functions.h"

#include <algorithm>
#include <initializer_list>

#include "models/fused/floats.h"
#include "models/fused/kernels.h"

namespace recombine {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Whether a fast function may read them: on the CPU, of float32. Mixed precision makes others.
bool readable(std::initializer_list<torch::Tensor> tensors) {
  return std::ranges::all_of(tensors, [](const torch::Tensor& tensor) {
    return !tensor.defined() || (tensor.is_cpu() && tensor.scalar_type() == torch::kFloat);
  });
}

bool fits(const torch::Tensor& x, std::initializer_list<torch::Tensor> others) {
  return readable({x}) && readable(others) && x.size(-1) % fused::kLanes == 0;
}

/// One row of all tokens where x is not [R, T, D].
fused::Rows rows_of(const torch::Tensor& x) {
  if (x.dim() == 3) return {x.size(0), x.size(1), x.size(2)};
  return {1, x.numel() / x.size(-1), x.size(-1)};
}

struct NormFunction : torch::autograd::Function<NormFunction> {
  static torch::Tensor forward(AutogradContext* context,
                               const torch::Tensor& input,
                               const torch::Tensor& scale,
                               const torch::Tensor& shift) {
    const torch::Tensor x = input.contiguous();
    const torch::Tensor by = scale.contiguous();
    torch::Tensor y = torch::empty_like(x);
    torch::Tensor moments = torch::empty({2, x.size(0), x.size(1)}, x.options());
    fused::norm_forward(rows_of(x), floats(x), floats(by), floats(shift.contiguous()), floats_of(y),
                        floats_of(moments));
    context->save_for_backward({x, by, moments});
    return y;
  }

  static variable_list backward(AutogradContext* context, variable_list back) {
    const variable_list saved = context->get_saved_variables();
    torch::Tensor dx = torch::empty_like(saved[0]);
    torch::Tensor dscale = torch::empty_like(saved[1]);
    torch::Tensor dshift = torch::empty_like(saved[1]);
    fused::norm_backward(rows_of(dx), floats(saved[0]), floats(saved[1]), floats(saved[2]),
                         floats(back[0].contiguous()),
                         {floats_of(dx), floats_of(dscale), floats_of(dshift)});
    return {dx, dscale, dshift};
  }
};

/// A factor without numbers stands for none: a function's inputs must be defined.
struct GeluFunction : torch::autograd::Function<GeluFunction> {
  static torch::Tensor forward(AutogradContext* context,
                               const torch::Tensor& input,
                               const torch::Tensor& factor) {
    const torch::Tensor x = input.contiguous();
    const torch::Tensor by = factor.contiguous();
    torch::Tensor y = torch::empty_like(x);
    fused::gelu_forward(rows_of(x), floats(x), by.numel() > 0 ? floats(by) : nullptr, floats_of(y));
    context->save_for_backward({x, by});
    return y;
  }

  static variable_list backward(AutogradContext* context, variable_list back) {
    const variable_list saved = context->get_saved_variables();
    const bool scaled = saved[1].numel() > 0;
    torch::Tensor dx = torch::empty_like(saved[0]);
    torch::Tensor dfactor = scaled ? torch::empty_like(saved[1]) : torch::Tensor{};
    fused::gelu_backward(rows_of(dx), floats(saved[0]), scaled ? floats(saved[1]) : nullptr,
                         floats(back[0].contiguous()), floats_of(dx),
                         scaled ? floats_of(dfactor) : nullptr);
    return {dx, dfactor};
  }
};

fused::PointedGrids pointed_grids_of(const torch::Tensor& rows, const torch::Tensor& order) {
  return {rows.size(0), rows.size(1), order.const_data_ptr<std::int64_t>()};
}

struct PointFunction : torch::autograd::Function<PointFunction> {
  static torch::Tensor forward(AutogradContext* context,
                               const torch::Tensor& row_logits,
                               const torch::Tensor& column_logits,
                               const torch::Tensor& kind_logits,
                               const torch::Tensor& soft_grids,
                               const torch::Tensor& order) {
    const torch::Tensor present = soft_grids.contiguous();
    torch::Tensor rows = torch::empty(row_logits.sizes(), row_logits.options());
    torch::Tensor columns = torch::empty_like(rows);
    torch::Tensor kinds = torch::empty(kind_logits.sizes(), rows.options());
    torch::Tensor next = torch::empty_like(present);
    fused::point_forward(pointed_grids_of(rows, order),
                         {floats(row_logits.contiguous()), floats(column_logits.contiguous()),
                          floats(kind_logits.contiguous())},
                         floats(present), {floats_of(rows), floats_of(columns), floats_of(kinds)},
                         floats_of(next));
    context->save_for_backward({rows, columns, kinds, present, order});
    return next;
  }

  static variable_list backward(AutogradContext* context, variable_list back) {
    const variable_list saved = context->get_saved_variables();
    torch::Tensor rows = torch::empty_like(saved[0]);
    torch::Tensor columns = torch::empty_like(saved[1]);
    torch::Tensor kinds = torch::empty_like(saved[2]);
    const bool to_grids = context->needs_input_grad(3);
    torch::Tensor soft_grids = to_grids ? torch::empty_like(saved[3]) : torch::Tensor{};
    fused::point_backward(pointed_grids_of(rows, saved[4]),
                          {floats(saved[0]), floats(saved[1]), floats(saved[2])}, floats(saved[3]),
                          floats(back[0].contiguous()),
                          {floats_of(rows), floats_of(columns), floats_of(kinds)},
                          to_grids ? floats_of(soft_grids) : nullptr);
    return {rows, columns, kinds, soft_grids, {}};
  }
};

}  // namespace

torch::Tensor modulated_norm(const torch::Tensor& x,
                             const torch::Tensor& scale,
                             const torch::Tensor& shift) {
  TORCH_CHECK(scale.size(0) == x.size(0) && shift.sizes() == scale.sizes(),
              "modulated_norm: a scale and a shift for each row");
  return fits(x, {scale, shift}) ? NormFunction::apply(x, scale, shift)
                                 : modulated_norm_plain(x, scale, shift);
}

torch::Tensor modulated_norm_plain(const torch::Tensor& x,
                                   const torch::Tensor& scale,
                                   const torch::Tensor& shift) {
  const torch::Tensor normed = at::layer_norm(x, {x.size(-1)}, {}, {}, 1e-5, false);
  return at::addcmul(shift.unsqueeze(1), normed, scale.unsqueeze(1) + 1);
}

torch::Tensor scaled_gelu(const torch::Tensor& x, const torch::Tensor& factor) {
  if (!fits(x, {factor})) return scaled_gelu_plain(x, factor);
  return GeluFunction::apply(x, factor.defined() ? factor : torch::empty({0}));
}

torch::Tensor scaled_gelu_plain(const torch::Tensor& x, const torch::Tensor& factor) {
  const torch::Tensor y = at::gelu(x, "tanh");
  return factor.defined() ? y * (factor.unsqueeze(1) + 1) : y;
}

torch::Tensor pointed(const Pointing& pointing) {
  const bool fast =
      readable({pointing.rows, pointing.columns, pointing.kinds, pointing.soft_grids}) &&
      pointing.rows.size(1) <= fused::kLargestPointedSide;
  if (!fast) return pointed_plain(pointing);
  return PointFunction::apply(pointing.rows, pointing.columns, pointing.kinds, pointing.soft_grids,
                              pointing.order);
}

torch::Tensor pointed_plain(const Pointing& pointing) {
  const auto weights = [](const torch::Tensor& logits, std::int64_t along) {
    return at::softmax(logits.to(torch::kFloat32), along);
  };
  const torch::Tensor kinds = weights(pointing.kinds, -1);  // [R, N^2, 11]
  const torch::Tensor rows =
      weights(pointing.rows, 1) * kinds.select(-1, 0).unsqueeze(1);  // [R, N, N^2]
  const torch::Tensor columns = weights(pointing.columns, 1);
  const torch::Tensor sources = (rows.unsqueeze(2) * columns.unsqueeze(1)).flatten(1, 2);
  const torch::Tensor in_place = sources.index_select(1, pointing.order);  // [R, N^2 from, N^2 to]
  return at::baddbmm(kinds.narrow(-1, 1, 10), in_place.transpose(1, 2), pointing.soft_grids);
}

}  // namespace recombine
