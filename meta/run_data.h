#pragma once
// What a run learns from and is validated on, opened as its options say.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "data/json.h"
#include "generator/grids/config.h"
#include "generator/grids/split.h"
#include "meta/config.h"
#include "meta/learner.h"
#include "meta/validation.h"

namespace recombine {

/// Where the data comes from: `folder` is a split's folder, or "fresh" for data that exists only
/// inside the run and follows `grids` and `split`.
struct DataRequest {
  std::string folder;
  GridConfig grids;
  SplitConfig split;
};

struct RunData {
  std::unique_ptr<Learner> learner;
  std::vector<ValidationSet> validation;  ///< val_id, val_ood, as far as they exist
  TableShape shape;  ///< of a training episode; all sets have its side and study
  Json source;       ///< for run.json: folder, learner, digests
};

/// A fresh learner on a folder follows the recipe of the folder's parent, with another data seed.
/// Throws InputError for options that do not fit the data, DataError for bad data.
RunData open_run_data(const DataRequest& request, const TrainConfig& config, torch::Device device);

}  // namespace recombine
