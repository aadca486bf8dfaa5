#pragma once
// The model `looped`: one decoder, run several times on its own answer.

#include <vector>

#include "models/looped/study_reader.h"
#include "models/looped/turn_network.h"
#include "models/model.h"
#include "models/weights/parameters.h"

namespace recombine {

/// The study set is encoded once an episode (study_reader.h). The answer to a query begins as the
/// query's input, and in every turn the same decoder (turn_network.h) makes the next answer of it:
/// a soft grid, which nothing supervises before the last turn unless the config says so. Nothing
/// tells the model which pair shows which rule, that there are rules, or their order. Letters:
/// docs/GLOSSARY.md.
class LoopedModel : public GridModel {
 public:
  LoopedModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed);

  torch::Tensor loss(const GridBatch& batch) override;
  GridAnswers predict(const GridBatch& batch) override;

  /// Means over the turns.
  torch::Tensor attention_to_study(const GridBatch& batch) const override;

  /// The most probable grids after each turn that is run: [B, Q, N, N] each. No gradients.
  std::vector<torch::Tensor> grids_by_turn(const GridBatch& batch) const;

 private:
  /// Checks the config and makes the weights, to which the parts below are bound.
  GridShape make(std::uint64_t seed);
  /// Runs the turns in which a model answers: an answer that a turn leaves as it is stays so where
  /// turns have no numbers. Calls see(answers [R, G, 10 P]) after each turn.
  template <class See>
  void answer(const GridBatch& batch, const See& see) const;

  GridShape grid_;
  StudyReader read_;
  TurnNetwork turn_;
};

/// As training_flops() of models/entry.h.
double looped_training_flops(const ModelConfig& config,
                             const TaskShape& shape,
                             const std::vector<Roles>& study,
                             const std::vector<QueryKind>& queries);

/// Every parameter of the model, in storage order.
std::vector<ParameterSpec> looped_parameters(const ModelConfig& config, const TaskShape& task);

}  // namespace recombine
