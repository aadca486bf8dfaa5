#include <algorithm>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/dataset.h"
#include "data/storage/hash.h"
#include "data/storage/manifest.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "meta/batches/grid_batches.h"
#include "meta/batches/trained_data.h"
#include "meta/run/open_run.h"
#include "meta/validation/grid_validation.h"
#include "models/executor/plan.h"

namespace recombine {
namespace {

constexpr const char* kFresh = "fresh";

void require_spare(const TrainConfig& config, const EpisodeShape& shape, const std::string& where) {
  require(
      !config.asks("aux") || shape.spare > 0, "--queries-mix aux: ", where,
      " has no pair of each study section that is not shown; make them with --grids.study above "
      "--split.primitives and --split.compositions, or leave aux out");
}

TaskShape task_of(const EpisodeShape& shape) {
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

EpisodeTensors packed_fresh(const FreshEpisodes& source, int items) {
  std::vector<Episode> episodes;
  episodes.reserve(static_cast<std::size_t>(items));
  for (int i = 0; i < items; ++i) episodes.push_back(source.make(static_cast<std::uint64_t>(i)));
  return pack_episodes(episodes);
}

/// Such a model is told the sections while it learns: its training pairs stand by section.
bool finds_sections(const ModelConfig& model) {
  return model.name == "executor" && model.sections == "hidden";
}

/// Refuses what an executor would refuse in its first step or validation: it must know which rules
/// its study pairs show, or find it out where it `may_find`.
void require_plan(const ModelConfig& model,
                  const EpisodeShape& shape,
                  const std::vector<QueryKind>& asked,
                  bool may_find) {
  if (model.name != "executor") return;
  const bool known = std::ranges::find(shape.study_roles, kUnknownRoles) == shape.study_roles.end();
  if (known || !finds_sections(model)) {
    executor_plan(shape.study_roles, asked, model.explain_away);
    return;
  }
  require(may_find,
          "--model.sections hidden: is told the sections while it learns, and the "
          "training episodes do not say them");
  require(shape.study % static_cast<int>(kStudySections.size()) == 0,
          "--model.sections hidden: ", shape.study,
          " study pairs of unknown sections are not as many of each");
}

BatchRules rules_of(const ModelConfig& model,
                    const TrainConfig& config,
                    const EpisodeShape& shape) {
  BatchRules rules = batch_rules(config);
  require(queries_asked(rules, shape) > 0, "--queries-mix ", join_text(config.queries_mix, ","),
          ": asks nothing, for the episodes have no such pairs");
  require_plan(model, shape, query_kinds(rules, shape), false);
  rules.weigh = loss_weight(model, shape.side);
  return rules;
}

/// With `copies` the study pairs are asked too.
void add_validation(RunData& data,
                    const char* name,
                    EpisodeTensors episodes,
                    const ModelConfig& model,
                    bool copies) {
  const auto queries = static_cast<std::size_t>(episodes.shape.queries);
  require_plan(model, episodes.shape, std::vector<QueryKind>(queries), true);
  if (copies) require_plan(model, episodes.shape, episodes.copies().shape.query_kinds, true);
  data.validation.push_back(make_grid_validation(name, std::move(episodes), copies));
}

/// Names the episodes of a fresh learner: SHA-256 of a line for the seed and one for each option of
/// [grids] and [split] that is not its default, sorted: "grids.side = 6".
std::string fresh_digest(const DataRequest& request, std::uint64_t seed) {
  std::set<std::string> lines = {cat("seed = ", seed, "\n")};
  for (const Field& field : changed_fields(request.grids))
    lines.insert(cat("grids.", field.name, " = ", field.value, "\n"));
  for (const Field& field : changed_fields(request.split))
    lines.insert(cat("split.", field.name, " = ", field.value, "\n"));
  std::string text;
  for (const std::string& line : lines) text += line;
  return "sha256:" + sha256(text);
}

RunData with_fresh_learner(const DataRequest& request,
                           const TrainConfig& config,
                           torch::Device device) {
  SplitConfig split = request.split;
  // Pairs that stand by section say it.
  if (finds_sections(request.model)) split.shuffle_study = false;
  FreshEpisodes episodes(request.grids, split, config.seed, FreshUse::kTrain);
  RunData data;
  EpisodeShape shape = episode_shape(episodes.make(0));
  if (split.shuffle_study) shape.study_roles.assign(shape.study_roles.size(), kUnknownRoles);
  require_spare(config, shape, "[grids] with [split]");
  data.task = task_of(shape);
  data.source = {{"folder", request.folder},
                 {"learner", "fresh"},
                 {"digest", fresh_digest(request, config.seed)},
                 {"triplets", episodes.triplets()}};
  const BatchRules rules = rules_of(request.model, config, shape);
  data.batches = make_fresh_batches(std::move(episodes), rules, device);
  return data;
}

RunData with_stored_learner(const DataRequest& request,
                            const TrainConfig& config,
                            torch::Device device) {
  const std::filesystem::path folder = request.folder;
  const EpisodeSet train(folder / "train");
  EpisodeTensors episodes =
      load_episodes(train, 0, config.asks("aux"),
                    finds_sections(request.model) ? PairOrder::kBySection : PairOrder::kAsStored);
  RunData data;
  require_spare(config, episodes.shape, train.folder().string());
  data.task = task_of(episodes.shape);
  data.source = {{"folder", folder.string()},         {"learner", "stored"},
                 {"episodes", train.size()},          {"digest", train.manifest().digest},
                 {"recipe", train.manifest().recipe}, {"triplets", triplets_of(train)}};
  const BatchRules rules = rules_of(request.model, config, episodes.shape);
  data.batches = make_stored_batches(episodes.to(device), rules);
  return data;
}

void add_fresh_validation(RunData& data, const DataRequest& request, const TrainConfig& config) {
  require(config.validate_items > 0,
          "--validate-items 0: fresh episodes have no end; name a number");
  const bool lost = request.split.shuffle_study && finds_sections(request.model);
  const bool copies = config.asks("copy") && !lost;
  for (const auto& [name, use] :
       {std::pair{"val_id", FreshUse::kValidateId}, std::pair{"val_ood", FreshUse::kValidateOod}}) {
    const FreshEpisodes source(request.grids, request.split, config.seed, use);
    add_validation(data, name, packed_fresh(source, config.validate_items), request.model, copies);
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
    EpisodeTensors episodes = load_episodes(set, items, false);
    require_same_task(data.task, task_of(episodes.shape), set.folder().string());
    add_validation(data, name, std::move(episodes), request.model, copies);
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
