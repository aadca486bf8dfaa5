#include "models/optimisers/adamw.h"

#include <utility>

namespace recombine {

AdamW::AdamW(std::string name, std::vector<torch::Tensor> parameters, OptimiserConfig config)
    : name_(std::move(name)),
      group_{std::move(parameters)},
      config_(std::move(config)),
      mean_(zeros_like_all(group_.values())),
      square_(zeros_like_all(group_.values())) {
  steps_.reserve(mean_.size());
  for (const torch::Tensor& mean : mean_) steps_.push_back(torch::zeros({}, mean.options()));
}

void AdamW::step(const Rate& lr) {
  if (group_.parameters.empty()) return;
  const auto values = group_.values();
  for (torch::Tensor& count : steps_) count.add_(1);
  const auto update = [&](const auto& rate) {
    at::_fused_adamw_(values, group_.gradients(), mean_, square_, {}, steps_, rate, config_.beta1,
                      config_.beta2, config_.weight_decay, config_.eps, false, false);
  };
  if (lr.scalar.defined()) {
    update(lr.scalar);
  } else {
    update(lr.number);
  }
}

void AdamW::add_state(std::map<std::string, torch::Tensor>& state) const {
  if (group_.parameters.empty()) return;
  state[name_ + ".mean"] = at::cat(mean_);
  state[name_ + ".square"] = at::cat(square_);
  state[name_ + ".steps"] = steps_.front();
}

void AdamW::load(const std::map<std::string, torch::Tensor>& state) {
  if (group_.parameters.empty()) return;
  copy_pieces(state.at(name_ + ".mean"), mean_);
  copy_pieces(state.at(name_ + ".square"), square_);
  for (torch::Tensor& count : steps_) count.copy_(state.at(name_ + ".steps").view_as(count));
}

}  // namespace recombine
