#pragma once
// What a run learns from and is validated on, opened as its options say.

#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "data/json.h"
#include "generator/grids/config.h"
#include "generator/grids/split/split.h"
#include "meta/batches/batch_source.h"
#include "meta/config.h"
#include "meta/validation/validation.h"
#include "models/model.h"

namespace recombine {

/// Where the data comes from: `folder` is a split's or a world's folder, or "fresh" for grids that
/// exist only inside the run and follow `grids` and `split`.
struct DataRequest {
  std::string folder;
  GridConfig grids;
  SplitConfig split;
  ModelConfig model = {};  ///< that will learn: says how targets weigh
};

struct RunData {
  std::unique_ptr<BatchSource> batches;
  ValidationSets validation;  ///< val_id and val_ood first, as far as they exist
  TaskShape task;
  Json source;  ///< for run.json: folder, learner, digests
};

/// A fresh learner on a folder follows the recipe of the folder's parent, with another data seed.
/// Throws InputError for options that do not fit the data or the device, whatever a first step or
/// validation would refuse; DataError for bad data. Touches no run's folder.
RunData open_run(const DataRequest& request, const TrainConfig& config, torch::Device device);

/// The same for one family.
RunData open_grid_run(const DataRequest& request, const TrainConfig& config, torch::Device device);
RunData open_fact_run(const DataRequest& request, const TrainConfig& config, torch::Device device);

}  // namespace recombine
