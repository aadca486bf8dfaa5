#pragma once
// What a model says about itself, in its own folder.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <torch/torch.h>

#include "models/batch.h"
#include "models/model.h"
#include "models/refine_config.h"
#include "models/registry.h"

namespace recombine {

/// Sum of the weights of answers [..., N, N] in a model's loss: a scalar.
using LossWeight = std::function<torch::Tensor(const torch::Tensor& outputs)>;

/// What episodes will ask of a model, known before there is a batch.
struct EpisodeDemands {
  int study = 0;                  ///< study pairs
  std::vector<Roles> roles = {};  ///< [S] of the study pairs
  std::vector<QueryKind> queries = {};
  bool learns = true;        ///< whether it learns from them, or answers them alone
  bool own_order = false;    ///< whether some apply their rules in another than the usual order
  bool fewer_rules = false;  ///< whether some queries do not need all rules
  int rules = kUsualRoles;   ///< of an episode
};

/// A model as `bench train` measures it.
struct BenchCase {
  std::string name;
  ModelConfig config;
  int together = 1;  ///< episodes in memory at a time: what is fastest on one core
  bool aux = false;  ///< asked `aux` queries and not `copy` ones
};

/// Everything that is particular to a model. What a new model leaves out is what most models do.
struct ModelEntry {
  /// Throws InputError, naming the option at fault, for a config that does not fit the task.
  std::shared_ptr<Model> (*make)(const ModelConfig& config,
                                 const TaskShape& shape,
                                 std::uint64_t seed);

  /// What answers weigh in the mean that the loss is; none where every episode weighs the same.
  LossWeight (*loss_weight)(const ModelConfig& config, int side) = [](const ModelConfig&, int) {
    return LossWeight{};
  };

  /// As the function training_flops(). Null: not known.
  double (*training_flops)(const ModelConfig& config,
                           const TaskShape& shape,
                           const std::vector<Roles>& study,
                           const std::vector<QueryKind>& queries) = nullptr;

  /// Throws InputError for episodes that the model's first step or validation would refuse.
  void (*check_data)(const ModelConfig& config, const EpisodeDemands& demands) =
      [](const ModelConfig&, const EpisodeDemands&) {};

  /// Whether the model reads study sets of any number of pairs, whatever sections they are of.
  bool (*reads_any_study)(const ModelConfig& config) = [](const ModelConfig&) { return false; };

  /// Whether it reads grids of this side too, beside those of the side that it was made for.
  bool (*reads_side)(const ModelConfig& config, int side) = [](const ModelConfig&, int) {
    return false;
  };

  /// Whether it answers episodes of more than three rules.
  bool (*reads_more_rules)(const ModelConfig& config) = [](const ModelConfig&) { return false; };

  /// Whether the model finds the sections of the study pairs itself. It is then told them while it
  /// learns: its training pairs must stand by section.
  bool (*finds_sections)(const ModelConfig& config) = [](const ModelConfig&) { return false; };

  /// Whether the model must be told the sections of the study pairs, and nothing else of their
  /// order: where it answers, they are given to it by section.
  bool (*reads_sections)(const ModelConfig& config) = [](const ModelConfig&) { return false; };

  /// Whether the sections that it is then given are not those that the set says, but those that
  /// triggers say (data/triggers.h), where it learns too.
  bool (*reads_triggers)(const ModelConfig& config) = [](const ModelConfig&) { return false; };

  /// As GridModel::predict() for queries that need all rules, after refinement. Null: the model has
  /// nothing to refine.
  GridAnswers (*refine)(const Model& model,
                        const GridBatch& batch,
                        const RefineConfig& config) = nullptr;

  /// Copies the weights to a model whose entry has the same function. Null: they fit no other.
  void (*convert)(const Model& from, Model& to) = nullptr;

  /// A model with the same weights that knows the rules which these episodes show, sections told;
  /// its config is that of `answers`, which may say otherwise how it answers. Null: the model has
  /// no rules.
  std::shared_ptr<Model> (*with_library)(const Model& model,
                                         const std::vector<GridBatch>& episodes,
                                         const ModelConfig& answers) = nullptr;

  /// What `bench train` measures of it.
  std::vector<BenchCase> (*bench)() = [] { return std::vector<BenchCase>{}; };
};

/// The usual `make`.
template <class T>
std::shared_ptr<Model> make_of(const ModelConfig& config,
                               const TaskShape& shape,
                               std::uint64_t seed) {
  return std::make_shared<T>(config, shape, seed);
}

// Each is defined in its model's folder.
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define RECOMBINE_MODEL_ENTRY(name, family, summary) extern const ModelEntry name##_model;
RECOMBINE_MODELS(RECOMBINE_MODEL_ENTRY)
#undef RECOMBINE_MODEL_ENTRY

/// The entry of a model. Throws InputError, naming the nearest, where there is none of that name.
const ModelEntry& find_model(std::string_view name);

/// Throws InputError for episodes that the model does not read: as its entry says.
void check_episodes(const ModelConfig& config, const EpisodeDemands& demands);

/// Whether a model that was made for episodes of the one shape reads those of the other.
bool reads_shape(const ModelConfig& config, const TaskShape& made, const TaskShape& asked);

/// Floating-point operations of an episode with these study pairs and queries, forward and
/// backward: matrix products and attention, a multiply-add as 2, the backward pass as twice the
/// forward pass. `study` may be empty for models that do not ask what a pair shows. Throws
/// InputError for a model whose cost is not known.
double training_flops(const ModelConfig& config,
                      const TaskShape& shape,
                      const std::vector<Roles>& study,
                      const std::vector<QueryKind>& queries);

}  // namespace recombine
