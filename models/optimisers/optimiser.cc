#include "models/optimisers/optimiser.h"

#include <utility>
#include <vector>

#include "data/error.h"
#include "models/optimisers/adamw.h"
#include "models/optimisers/muon.h"
#include "models/weights/parameters.h"

namespace recombine {
namespace {

/// What is updated how.
struct Groups {
  std::vector<torch::Tensor> hidden;   ///< matrices for Muon
  std::vector<int> parts;              ///< see ParameterSpec::matrix_parts
  std::vector<torch::Tensor> others;   ///< for AdamW
  std::vector<torch::Tensor> vectors;  ///< for AdamW without weight decay
};

Groups group_weights(std::span<const Weight> weights, const OptimiserConfig& config) {
  Groups groups;
  for (const Weight& weight : weights) {
    if (config.name == "muon" && weight.matrix_parts > 0) {
      groups.hidden.push_back(weight.tensor);
      groups.parts.push_back(weight.matrix_parts);
    } else if (!config.decay_vectors && weight.tensor.dim() < 2) {
      groups.vectors.push_back(weight.tensor);
    } else {
      groups.others.push_back(weight.tensor);
    }
  }
  return groups;
}

OptimiserConfig without_decay(OptimiserConfig config) {
  config.weight_decay = 0;
  return config;
}

class MuonAdamW : public Optimiser {
 public:
  MuonAdamW(const Groups& groups, const OptimiserConfig& config)
      : config_(config),
        all_(groups.hidden),
        muon_(groups.hidden, groups.parts, config.weight_decay),
        adamw_("adamw", groups.others, config),
        plain_("adamw.vectors", groups.vectors, without_decay(config)) {
    for (const auto* more : {&groups.others, &groups.vectors})
      all_.insert(all_.end(), more->begin(), more->end());
  }

  void step(double scale, const UpdateThreads& threads) override { update({scale}, threads); }
  void step(const torch::Tensor& scale) override { update({0, scale}, {}); }

  std::map<std::string, torch::Tensor> state() const override {
    std::map<std::string, torch::Tensor> state;
    muon_.add_state(state);
    adamw_.add_state(state);
    plain_.add_state(state);
    return state;
  }

  void load_state(const std::map<std::string, torch::Tensor>& state) override {
    const torch::NoGradGuard guard;
    const auto mine = this->state();
    for (const auto& [name, tensor] : mine) {
      const auto other = state.find(name);
      require(other != state.end() && other->second.numel() == tensor.numel(),
              "the optimiser's state '", name,
              "' is missing or of another size; the run was trained otherwise");
    }
    muon_.load(state);
    adamw_.load(state);
    plain_.load(state);
  }

 private:
  void update(const Rate& scale, const UpdateThreads& threads) {
    const torch::NoGradGuard guard;
    if (config_.clip > 0) clip_gradients();
    if (!muon_.empty()) update_hidden(scale.times(config_.muon_lr), threads);
    adamw_.step(scale.times(config_.lr));
    plain_.step(scale.times(config_.lr));
  }

  void update_hidden(const Rate& lr, const UpdateThreads& threads) {
    const UpdateShare& share = threads.share;
    const auto on_each = [&](const std::function<void(int)>& work) {
      threads.run([&](int thread) {
        const torch::NoGradGuard no_gradients;  // a setting of the thread
        work(thread);
      });
    };
    if (share.count == 1) {
      on_each([&](int thread) { muon_.step(lr, {thread, threads.count}); });
      return;
    }
    const std::vector<torch::Tensor> directions = muon_.directions();
    on_each([&](int thread) { muon_.aim({thread, threads.count}); });
    on_each([&](int thread) {
      muon_.straighten({share.number * threads.count + thread, share.count * threads.count});
    });
    for (const torch::Tensor& rows : directions) share.exchange(rows);
    on_each([&](int thread) { muon_.follow(lr, {thread, threads.count}); });
  }

  /// In place, and without waiting for the device.
  void clip_gradients() {
    std::vector<torch::Tensor> gradients;
    for (const torch::Tensor& parameter : all_) {
      if (parameter.grad().defined()) gradients.push_back(parameter.grad());
    }
    const torch::Tensor flat = flat_view(gradients);
    if (flat.defined()) gradients = {flat};
    std::vector<torch::Tensor> norms;
    norms.reserve(gradients.size());
    for (const torch::Tensor& gradient : gradients) norms.push_back(gradient.norm());
    const torch::Tensor factor = (config_.clip / (at::stack(norms).norm() + 1e-6)).clamp_max(1.0);
    for (torch::Tensor& gradient : gradients) gradient.mul_(factor);
  }

  OptimiserConfig config_;
  std::vector<torch::Tensor> all_;
  Muon muon_;
  AdamW adamw_;
  AdamW plain_;
};

}  // namespace

std::unique_ptr<Optimiser> make_optimiser(std::span<const Weight> weights,
                                          const OptimiserConfig& config) {
  require(config.name == "adamw" || config.name == "muon", "--optimizer ", config.name,
          ": must be adamw or muon");
  return std::make_unique<MuonAdamW>(group_weights(weights, config), config);
}

}  // namespace recombine
