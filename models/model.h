#pragma once
// A model: what a trainer and an answering program need of it. To add one: its folder, and its line
// in registry.h.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <torch/torch.h>

#include "data/json.h"
#include "models/batch.h"
#include "models/config.h"
#include "models/weights/parameters.h"
#include "models/weights/weight.h"

namespace recombine {

/// What a task fixes of a model's tables.
struct TaskShape {
  int side = 0;    ///< grids: of a grid, in cells
  int study = 0;   ///< grids: pairs in the study set
  int tokens = 0;  ///< facts: size of the vocabulary
  int length = 0;  ///< facts: tokens of the longest item

  friend bool operator==(const TaskShape&, const TaskShape&) = default;
};

/// The sizes that are not 0: what run.json and checkpoints record.
Json to_json(const TaskShape& shape);
/// Throws DataError for JSON that is none.
TaskShape task_shape(const Json& json);

class Model : public torch::nn::Module {
 public:
  Model(ModelConfig config, const TaskShape& shape) : config_(std::move(config)), shape_(shape) {}

  const ModelConfig& config() const { return config_; }
  const TaskShape& shape() const { return shape_; }

  /// Mean loss of what the batch asks: a scalar on the model's device.
  virtual torch::Tensor loss_of(const Batch& batch) = 0;

  /// Every parameter by the name that files have, in storage order.
  const std::vector<Weight>& weights() const { return weights_; }

  /// Names the random words of dropout: the same (seed, step, worker) on a kind of device, the same
  /// masks.
  virtual void name_dropout(std::uint64_t /*seed*/, std::uint64_t /*step*/, int /*worker*/) {}

 protected:
  /// Makes the parameters; their values are a function of (specs, seed). Call once.
  void make_weights(const std::vector<ParameterSpec>& specs, std::uint64_t seed);
  const torch::Tensor& at(const std::string& name) const { return by_name_.at(name); }
  const WeightTable& table() const { return by_name_; }

 private:
  ModelConfig config_;
  TaskShape shape_;
  std::vector<Weight> weights_;
  WeightTable by_name_;
};

/// What a model that answers rule by rule makes of the queries of a batch by one rule, or by some
/// at once.
struct AfterRule {
  torch::Tensor grids;   ///< [B, Q, N, N] uint8: the most probable ones after the rule
  torch::Tensor copied;  ///< [B, Q, N^2] int64: the cell that each cell copies, or -1; or undefined
  torch::Tensor vectors;  ///< [B, D]: of the rule; or undefined
  Roles unit = 0;         ///< the rules that were run
};

class GridModel : public Model {
 public:
  using Model::Model;

  /// Mean loss of the queries.
  virtual torch::Tensor loss(const GridBatch& batch) = 0;
  torch::Tensor loss_of(const Batch& batch) final { return loss(std::get<GridBatch>(batch.items)); }
  /// Most probable answers. No gradients. A model that answers patch by patch decodes greedily:
  /// each patch after its own ones before it.
  virtual GridAnswers predict(const GridBatch& batch) = 0;
  /// Teacher forcing: each patch after the true ones before it, for which `batch` must have its
  /// outputs. Exact match is that of predict(), up to ties; other figures are not.
  virtual GridAnswers predict_forced(const GridBatch& batch) { return predict(batch); }
  /// Whether the two are computed in different ways.
  virtual bool answers_in_steps() const { return false; }

  /// Whether follow_rules() can follow this kind of model.
  virtual bool follows_rules() const { return false; }
  /// The rules one after another, up to the first that no study pair shows. Throws InputError for a
  /// config by which nothing is to be seen between the rules. No gradients.
  virtual std::vector<AfterRule> follow_rules(const GridBatch& /*batch*/) const { return {}; }

  /// The rules [S] that each study pair of the one episode of `batch` shows, as the model finds
  /// them; empty where it is told them. No gradients.
  virtual std::vector<Roles> found_sections(const GridBatch& /*batch*/) const { return {}; }

  /// [B, Q, S]: how the cross-attention of a query is divided among the study pairs, as means over
  /// its patches, the heads and the blocks: of each query the sum is 1. Undefined where a model has
  /// no such attention.
  virtual torch::Tensor attention_to_study(const GridBatch& /*batch*/) const { return {}; }
};

class ResidualModel;

class FactModel : public Model {
 public:
  using Model::Model;

  /// Mean loss of the tokens of the answers.
  virtual torch::Tensor loss(const FactBatch& batch) = 0;
  torch::Tensor loss_of(const Batch& batch) final { return loss(std::get<FactBatch>(batch.items)); }
  /// Teacher forcing: the most probable token at each position of the answer after the true ones
  /// before it, and the log-probability of the true answer. No gradients.
  virtual FactAnswers predict(const FactBatch& batch) = 0;
  /// Greedy decoding: the same after the model's own tokens; the answer ends with `end`, or after
  /// `batch.answer` tokens. Looks at the questions alone.
  virtual FactAnswers decode(const FactBatch& batch, std::int64_t end) = 0;

  /// The model as one whose states can be read and replaced; null where they cannot be.
  virtual ResidualModel* as_residual() { return nullptr; }
};

/// The model as one of its family; throws InputError for a model of the other.
GridModel& as_grid_model(Model& model);
FactModel& as_fact_model(Model& model);

/// A new model on the CPU; its weights are a function of (config, shape, seed).
/// Throws InputError, naming the option at fault, for a config that does not fit the task.
std::shared_ptr<Model> make_model(const ModelConfig& config,
                                  const TaskShape& shape,
                                  std::uint64_t seed);

}  // namespace recombine
