#pragma once
// What a run learns from and is validated on, opened as its options say.

#include <filesystem>
#include <memory>
#include <variant>

#include <nlohmann/json.hpp>

#include "data/json.h"
#include "meta/batches/batch_source.h"
#include "meta/batches/fresh_episodes.h"
#include "meta/config.h"
#include "meta/validation/validation.h"
#include "models/model.h"

namespace recombine {

/// Where the data comes from: the folder of a split or of a world, or a recipe of grids that exist
/// only inside the run.
using DataOrigin = std::variant<std::filesystem::path, FreshRecipe>;

struct RunData {
  std::unique_ptr<BatchSource> batches;
  ValidationSets validation;  ///< val_id and val_ood first, as far as they exist
  TaskShape task;
  Json source;  ///< for run.json: folder, source of batches, digests
};

/// Data for `model`, which says how targets weigh and whether sections are hidden. Throws
/// InputError for options that do not fit the data or the device, whatever a first step or
/// validation would refuse; DataError for bad data. Touches no run's folder.
RunData open_run(const DataOrigin& origin,
                 const ModelConfig& model,
                 const TrainConfig& config,
                 torch::Device device);

/// The same for a world of facts,
RunData open_fact_run(const std::filesystem::path& folder,
                      const TrainConfig& config,
                      torch::Device device);
/// for a split of grids, whose episodes or whose recipe, with another data seed, are learned,
RunData open_grid_run(const std::filesystem::path& folder,
                      const ModelConfig& model,
                      const TrainConfig& config,
                      torch::Device device);
/// and for fresh grids.
RunData open_fresh_run(const FreshRecipe& recipe,
                       const ModelConfig& model,
                       const TrainConfig& config,
                       torch::Device device);

}  // namespace recombine
