#include "models/optimiser.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "data/error.h"
#include "models/orthogonalise.h"
#include "models/parameters.h"

namespace recombine {
namespace {

std::vector<torch::Tensor> each_flat(const std::vector<torch::Tensor>& tensors) {
  std::vector<torch::Tensor> flat;
  flat.reserve(tensors.size());
  for (const torch::Tensor& tensor : tensors) flat.push_back(tensor.detach().flatten());
  return flat;
}

/// Parameters with their gradients: one flat tensor each where the parameters are consecutive in
/// memory, so that an update is a handful of operations; otherwise one a parameter.
struct Group {
  std::vector<torch::Tensor> parameters;

  std::vector<torch::Tensor> values() const {
    const torch::Tensor flat = flat_view(parameters);
    return flat.defined() ? std::vector{flat} : each_flat(parameters);
  }

  std::vector<torch::Tensor> gradients() const {
    std::vector<torch::Tensor> grads;
    grads.reserve(parameters.size());
    for (const torch::Tensor& parameter : parameters) {
      grads.push_back(parameter.grad().defined() ? parameter.grad() : torch::zeros_like(parameter));
    }
    if (!flat_view(parameters).defined()) return each_flat(grads);
    const torch::Tensor flat = flat_view(grads);
    return {flat.defined() ? flat : at::cat(each_flat(grads))};
  }
};

std::vector<torch::Tensor> zeros_like_all(const std::vector<torch::Tensor>& tensors) {
  std::vector<torch::Tensor> zeros;
  zeros.reserve(tensors.size());
  for (const torch::Tensor& tensor : tensors) zeros.push_back(torch::zeros_like(tensor));
  return zeros;
}

/// AdamW with decoupled weight decay (Loshchilov and Hutter 2019), by ATen's fused kernel.
class AdamW {
 public:
  /// The state's names begin with `name`.
  AdamW(std::string name, std::vector<torch::Tensor> parameters, OptimiserConfig config)
      : name_(std::move(name)),
        group_{std::move(parameters)},
        config_(std::move(config)),
        mean_(zeros_like_all(group_.values())),
        square_(zeros_like_all(group_.values())) {
    for (const torch::Tensor& mean : mean_) steps_.push_back(torch::zeros({}, mean.options()));
  }

  void step(double lr) {
    if (group_.parameters.empty()) return;
    const auto values = group_.values();
    for (torch::Tensor& count : steps_) count.add_(1);
    at::_fused_adamw_(values, group_.gradients(), mean_, square_, {}, steps_, lr, config_.beta1,
                      config_.beta2, config_.weight_decay, config_.eps, false, false);
  }

  void add_state(std::map<std::string, torch::Tensor>& state) const {
    if (group_.parameters.empty()) return;
    state[name_ + ".mean"] = at::cat(mean_);
    state[name_ + ".square"] = at::cat(square_);
    state[name_ + ".steps"] = steps_.front();
  }

  void load(const std::map<std::string, torch::Tensor>& state) {
    if (group_.parameters.empty()) return;
    copy_pieces(state.at(name_ + ".mean"), mean_);
    copy_pieces(state.at(name_ + ".square"), square_);
    for (torch::Tensor& count : steps_) count.copy_(state.at(name_ + ".steps").view_as(count));
  }

  static void copy_pieces(const torch::Tensor& flat, std::vector<torch::Tensor>& pieces) {
    std::int64_t at = 0;
    for (torch::Tensor& piece : pieces) {
      piece.copy_(flat.narrow(0, at, piece.numel()));
      at += piece.numel();
    }
  }

 private:
  std::string name_;
  Group group_;
  OptimiserConfig config_;
  std::vector<torch::Tensor> mean_, square_, steps_;
};

/// Muon (Jordan et al. 2024): momentum 0.95 with Nesterov's look-ahead, then orthogonalised. All
/// matrices of one shape are one batch.
class Muon {
 public:
  /// parts[i]: equal matrices stacked in parameter i.
  Muon(const std::vector<torch::Tensor>& parameters,
       const std::vector<int>& parts,
       OptimiserConfig config)
      : config_(std::move(config)) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      const Shape shape{parameters[i].size(0) / parts[i], parameters[i].size(1)};
      if (batches_.empty() || batches_.back().shape != shape) batches_.push_back({shape, {}, {}});
      batches_.back().group.parameters.push_back(parameters[i]);
    }
    for (Batch& batch : batches_) batch.momentum = zeros_like_all(batch.group.values());
  }

  void step(double lr) {
    constexpr double kMomentum = 0.95;
    for (Batch& batch : batches_) {
      const auto values = batch.group.values();
      const auto gradients = batch.group.gradients();
      const auto [rows, columns] = batch.shape;
      const double size =
          std::sqrt(std::max(1.0, static_cast<double>(rows) / static_cast<double>(columns)));
      for (std::size_t i = 0; i < values.size(); ++i) {
        torch::Tensor& momentum = batch.momentum[i];
        momentum.mul_(kMomentum).add_(gradients[i]);
        const torch::Tensor ahead = gradients[i].add(momentum, kMomentum).view({-1, rows, columns});
        torch::Tensor value = values[i].view({-1, rows, columns});
        value.mul_(1 - lr * config_.weight_decay).add_(orthogonalise(ahead), -lr * size);
      }
    }
  }

  void add_state(std::map<std::string, torch::Tensor>& state) const {
    for (std::size_t i = 0; i < batches_.size(); ++i)
      state[cat("muon.momentum.", i)] = at::cat(batches_[i].momentum);
  }

  void load(const std::map<std::string, torch::Tensor>& state) {
    for (std::size_t i = 0; i < batches_.size(); ++i) {
      AdamW::copy_pieces(state.at(cat("muon.momentum.", i)), batches_[i].momentum);
    }
  }

 private:
  using Shape = std::pair<std::int64_t, std::int64_t>;
  struct Batch {
    Shape shape;
    Group group;
    std::vector<torch::Tensor> momentum;
  };

  OptimiserConfig config_;
  std::vector<Batch> batches_;
};

/// What is updated how.
struct Groups {
  std::vector<torch::Tensor> hidden;   ///< matrices for Muon
  std::vector<int> parts;              ///< see ParameterSpec::matrix_parts
  std::vector<torch::Tensor> others;   ///< for AdamW
  std::vector<torch::Tensor> vectors;  ///< for AdamW without weight decay
};

Groups group_weights(const Model& model, const OptimiserConfig& config) {
  Groups groups;
  for (const Weight& weight : model.weights()) {
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
        all_{groups.hidden},
        muon_(groups.hidden, groups.parts, config),
        adamw_("adamw", groups.others, config),
        plain_("adamw.vectors", groups.vectors, without_decay(config)) {
    for (const auto* more : {&groups.others, &groups.vectors})
      all_.parameters.insert(all_.parameters.end(), more->begin(), more->end());
  }

  void step(double scale) override {
    const torch::NoGradGuard guard;
    if (config_.clip > 0) clip_gradients();
    muon_.step(scale * config_.muon_lr);
    adamw_.step(scale * config_.lr);
    plain_.step(scale * config_.lr);
  }

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
  /// In place, and without waiting for the device.
  void clip_gradients() {
    std::vector<torch::Tensor> gradients;
    for (const torch::Tensor& parameter : all_.parameters) {
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
  Group all_;
  Muon muon_;
  AdamW adamw_;
  AdamW plain_;
};

}  // namespace

std::unique_ptr<Optimiser> make_optimiser(Model& model, const OptimiserConfig& config) {
  require(config.name == "adamw" || config.name == "muon", "--optimizer ", config.name,
          ": must be adamw or muon");
  return std::make_unique<MuonAdamW>(group_weights(model, config), config);
}

}  // namespace recombine
