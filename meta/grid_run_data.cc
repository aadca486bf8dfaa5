#include <utility>

#include <nlohmann/json.hpp>

#include "data/dataset.h"
#include "data/error.h"
#include "data/manifest.h"
#include "generator/grids/grid_source.h"
#include "generator/grids/split_run.h"
#include "meta/grid_learners.h"
#include "meta/grid_validation.h"
#include "meta/run_data.h"

namespace recombine {
namespace {

constexpr const char* kFresh = "fresh";

void require_spare(const TrainConfig& config, const TableShape& shape, const std::string& where) {
  require(
      !config.asks("aux") || shape.spare > 0, "--queries-mix aux: ", where,
      " has no pair of each study section that is not shown; make them with --grids.study above "
      "--split.primitives and --split.compositions, or leave aux out");
}

TaskShape task_of(const TableShape& shape) {
  TaskShape task;
  task.side = shape.side;
  task.study = shape.study;
  return task;
}

/// All sets of a run must look alike to the model.
void require_same_task(const TaskShape& shape, const TaskShape& other, const std::string& where) {
  require_data(shape == other, where, ": has side ", other.side, " and ", other.study,
               " study pairs; the training episodes have side ", shape.side, " and ", shape.study,
               " study pairs");
}

/// The configs of the data that a split's folder was made of.
DataRequest recipe_of(const std::filesystem::path& folder) {
  const std::filesystem::path train = folder / "train";
  try {
    const SplitRecipe split = read_split_recipe(read_manifest(train).recipe);
    return {folder.string(), read_grid_recipe(split.parent).grids, split.config, {}};
  } catch (const DataError& error) {
    throw DataError(cat(train.string(), ": gives no recipe for fresh episodes (", error.what(),
                        "); use --learner stored"));
  }
}

EpisodeTable fresh_table(const FreshEpisodes& source, int items) {
  std::vector<Episode> episodes;
  episodes.reserve(static_cast<std::size_t>(items));
  for (int i = 0; i < items; ++i) episodes.push_back(source.make(static_cast<std::uint64_t>(i)));
  return pack_episodes(episodes);
}

BatchRules rules_of(const ModelConfig& model, const TrainConfig& config, const TableShape& shape) {
  BatchRules rules = batch_rules(config);
  require(queries_asked(rules, shape) > 0, "--queries-mix ", join_text(config.queries_mix, ","),
          ": asks nothing, for the episodes have no such pairs");
  rules.weigh = loss_weight(model, shape.side);
  return rules;
}

/// Such a model is told the sections while it learns: its training pairs stand by section.
bool finds_sections(const ModelConfig& model) {
  return model.name == "executor" && model.sections == "hidden";
}

RunData with_fresh_learner(const DataRequest& request,
                           const TrainConfig& config,
                           torch::Device device) {
  FreshEpisodes episodes(request.grids, request.split, config.seed, FreshUse::kTrain);
  RunData data;
  const TableShape shape = table_shape(episodes.make(0));
  require_spare(config, shape, "[grids] with [split]");
  data.task = task_of(shape);
  data.source = {{"folder", request.folder}, {"learner", "fresh"}};
  data.learner =
      make_fresh_learner(std::move(episodes), rules_of(request.model, config, shape), device);
  return data;
}

RunData with_stored_learner(const DataRequest& request,
                            const TrainConfig& config,
                            torch::Device device) {
  const std::filesystem::path folder = request.folder;
  const EpisodeSet train(folder / "train");
  EpisodeTable table =
      load_table(train, 0, config.asks("aux"),
                 finds_sections(request.model) ? PairOrder::kBySection : PairOrder::kAsStored);
  RunData data;
  require_spare(config, table.shape, train.folder().string());
  data.task = task_of(table.shape);
  data.source = {{"folder", folder.string()},
                 {"learner", "stored"},
                 {"episodes", train.size()},
                 {"digest", train.manifest().digest}};
  const BatchRules rules = rules_of(request.model, config, table.shape);
  data.learner = make_stored_learner(table.to(device), rules);
  return data;
}

void add_fresh_validation(RunData& data, const DataRequest& request, const TrainConfig& config) {
  require(config.validate_items > 0,
          "--validate-items 0: fresh episodes have no end; name a number");
  for (const auto& [name, use] :
       {std::pair{"val_id", FreshUse::kValidateId}, std::pair{"val_ood", FreshUse::kValidateOod}}) {
    const FreshEpisodes source(request.grids, request.split, config.seed, use);
    data.validation.push_back(make_grid_validation(name, fresh_table(source, config.validate_items),
                                                   config.asks("copy")));
  }
}

void add_stored_validation(RunData& data, const DataRequest& request, const TrainConfig& config) {
  const std::filesystem::path folder = request.folder;
  // Where a pair stands is not known to a model that finds it, so none can be asked again.
  const bool copies = config.asks("copy") && !finds_sections(request.model);
  for (const char* name : {"val_id", "val_ood"}) {
    if (!std::filesystem::exists(folder / name / kManifestFile)) continue;
    const EpisodeSet set(folder / name);
    if (set.empty()) continue;
    const auto items = static_cast<std::uint64_t>(config.validate_items);
    EpisodeTable table = load_table(set, items, false);
    require_same_task(data.task, task_of(table.shape), set.folder().string());
    data.validation.push_back(make_grid_validation(name, std::move(table), copies));
    data.source["validation"][name] = set.manifest().digest;
  }
}

}  // namespace

RunData open_grid_run(const DataRequest& request, const TrainConfig& config, torch::Device device) {
  const bool no_folder = request.folder == kFresh;
  require(!no_folder || config.learner != "stored",
          "--learner stored: needs --data with the folder of a split, not 'fresh'");
  if (no_folder) {
    RunData data = with_fresh_learner(request, config, device);
    add_fresh_validation(data, request, config);
    return data;
  }
  DataRequest recipe = request;
  if (config.learner == "fresh") recipe = recipe_of(request.folder);
  recipe.model = request.model;
  RunData data = config.learner == "fresh" ? with_fresh_learner(recipe, config, device)
                                           : with_stored_learner(request, config, device);
  add_stored_validation(data, request, config);
  return data;
}

}  // namespace recombine
