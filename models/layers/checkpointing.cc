#include "models/layers/checkpointing.h"

#include <optional>
#include <utility>

#include <ATen/autocast_mode.h>

#include "models/device/precision.h"

namespace recombine {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// A function as the autograd context can keep it.
struct KeptFunction : torch::CustomClassHolder {
  explicit KeptFunction(TensorFunction kept) : function(std::move(kept)) {}

  TensorFunction function;
};

struct Recomputed : torch::autograd::Function<Recomputed> {
  static Tensor forward(AutogradContext* context,
                        torch::TensorList inputs,
                        const TensorFunction& function) {
    context->save_for_backward(inputs.vec());
    context->saved_data["function"] =
        c10::IValue::make_capsule(c10::make_intrusive<KeptFunction>(function));
    context->saved_data["mixed"] =
        at::autocast::is_autocast_enabled(inputs.front().device().type());
    return function(inputs.vec());
  }

  static variable_list backward(AutogradContext* context, const variable_list& back) {
    const auto kept = c10::static_intrusive_pointer_cast<KeptFunction>(
        context->saved_data["function"].toCapsule());
    variable_list inputs;
    variable_list learning;
    for (const Tensor& saved : context->get_saved_variables()) {
      const bool learns = context->needs_input_grad(inputs.size());
      inputs.push_back(saved.detach().requires_grad_(learns));
      if (learns) learning.push_back(inputs.back());
    }
    const auto found = torch::autograd::grad(
        {again(kept->function, inputs, context->saved_data["mixed"].toBool())}, learning,
        {back.front()});
    variable_list gradients;
    auto next = found.begin();
    for (const Tensor& input : inputs)
      gradients.push_back(input.requires_grad() ? *next++ : Tensor{});
    gradients.emplace_back();  // of the function
    return gradients;
  }

 private:
  static Tensor again(const TensorFunction& function, const variable_list& inputs, bool mixed) {
    const torch::AutoGradMode learning(true);
    std::optional<PrecisionScope> scope;
    if (mixed) scope.emplace(Precision::kBf16, inputs.front().device().type());
    return function(inputs);
  }
};

}  // namespace

Tensor recomputed(const TensorFunction& function, const std::vector<Tensor>& inputs) {
  if (!at::GradMode::is_enabled()) return function(inputs);
  return Recomputed::apply(torch::TensorList(inputs), function);  // a vector would be no tensors
}

}  // namespace recombine
