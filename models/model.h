#pragma once
// A model: what a trainer and an answering program need of it. To add one: a source and a line in
// list.cc (and its name in names.h).

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <torch/torch.h>

#include "models/batch.h"
#include "models/config.h"

namespace recombine {

/// What a task fixes of a model's tables.
struct TaskShape {
  int side = 0;   ///< of the grids, in cells
  int study = 0;  ///< pairs in the study set
};

class Model : public torch::nn::Module {
 public:
  Model(ModelConfig config, const TaskShape& shape) : config_(std::move(config)), shape_(shape) {}

  const ModelConfig& config() const { return config_; }
  const TaskShape& shape() const { return shape_; }

  /// Mean loss of the batch's queries: a scalar on the model's device.
  virtual torch::Tensor loss(const GridBatch& batch) = 0;

  /// Most probable answers. No gradients.
  virtual GridAnswers predict(const GridBatch& batch) = 0;

  /// How many equal matrices stand one below the other in a parameter that Muon is for (a packed
  /// query-key-value matrix: 3); 0 for a parameter that AdamW is for.
  virtual int matrix_parts(const std::string& parameter) const = 0;

 private:
  ModelConfig config_;
  TaskShape shape_;
};

struct ModelEntry {
  std::string_view name;
  std::string_view summary;
  std::shared_ptr<Model> (*make)(const ModelConfig& config,
                                 const TaskShape& shape,
                                 std::uint64_t seed);
};

/// All models, in the order of names.h.
std::span<const ModelEntry> model_entries();

/// A new model on the CPU; its weights are a function of (config, shape, seed).
/// Throws InputError, naming the option at fault, for a config that does not fit the task.
std::shared_ptr<Model> make_model(const ModelConfig& config,
                                  const TaskShape& shape,
                                  std::uint64_t seed);

}  // namespace recombine
