#include <algorithm>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/dataset.h"
#include "data/storage/hash.h"
#include "data/storage/manifest.h"
#include "data/text.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "meta/batches/grid_batches.h"
#include "meta/batches/study_cut.h"
#include "meta/batches/trained_data.h"
#include "meta/run/open_run.h"
#include "meta/validation/grid_validation.h"
#include "models/entry.h"

namespace recombine {
namespace {

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

/// All sets of a run must look alike to the model, or it must read them all.
void require_same_task(const ModelConfig& model,
                       const TaskShape& shape,
                       const TaskShape& other,
                       const std::string& where) {
  require_data(reads_shape(model, shape, other), where, ": has side ", other.side, " and ",
               other.study, " study pairs; the training episodes have side ", shape.side, " and ",
               shape.study, " study pairs");
}

/// How the data that a split's training set was cut from was made.
FreshRecipe recipe_of(const std::filesystem::path& train) {
  try {
    const SplitRecipe split = read_split_recipe(read_manifest(train).recipe);
    return {read_grid_recipe(split.parent).grids, split.config};
  } catch (const DataError& error) {
    throw DataError(cat(train.string(), ": gives no recipe for fresh episodes (", error.what(),
                        "); use --episodes stored"));
  }
}

EpisodeTensors first_episodes(const FreshEpisodes& source, int items) {
  std::vector<Episode> made;
  made.reserve(static_cast<std::size_t>(items));
  for (int i = 0; i < items; ++i) made.push_back(source.make(static_cast<std::uint64_t>(i)));
  return pack_episodes(made);
}

bool finds_sections(const ModelConfig& model) {
  return find_model(model.name).finds_sections(model);
}

/// The order of the study pairs that a model learns from: by section where it is told the sections,
/// be it that it must learn to find them.
PairOrder learned_order(const ModelConfig& model) {
  return finds_sections(model) ? PairOrder::kBySection : pair_order(model);
}

/// Refuses what the model would refuse in its first step or validation.
void check_data(const ModelConfig& model,
                const EpisodeShape& shape,
                const std::vector<QueryKind>& asked,
                bool learns) {
  check_episodes(model, {.study = shape.study,
                         .roles = shape.study_roles,
                         .queries = asked,
                         .learns = learns,
                         .own_order = shape.own_order,
                         .fewer_rules = shape.fewer_rules,
                         .rules = shape.rules});
}

/// Refuses settings of the study set that the model would refuse.
void check_study_mix(const ModelConfig& model, const BatchRules& rules, const EpisodeShape& shape) {
  for (const std::string& setting : rules.study_mix) {
    const EpisodeShape shown = shape_after(study_cut(setting, shape, rules.seed, 0), shape);
    require(reads_shape(model, task_of(shape), task_of(shown)), "--study-mix ", setting,
            ": the model ", model.name, " needs the same study pairs in every episode");
    require(queries_asked(rules, shown) > 0, "--study-mix ", setting, ": leaves nothing to ask");
    check_data(model, shown, query_kinds(rules, shown), true);
  }
}

/// Refuses sides of padded boards that the model does not read.
void check_padding(const ModelConfig& model, const BatchRules& rules, const EpisodeShape& shape) {
  for (const int side : rules.pad_to) {
    TaskShape larger = task_of(shape);
    larger.side = std::max(side, larger.side);
    require(reads_shape(model, task_of(shape), larger), "--pad-to ", side,
            ": needs --model.places relative, and sides that --model.patch ", model.patch,
            " divides");
  }
}

BatchRules rules_of(const ModelConfig& model,
                    const TrainConfig& config,
                    const EpisodeShape& shape) {
  BatchRules rules = batch_rules(config);
  require(queries_asked(rules, shape) > 0, "--queries-mix ", join_text(config.queries_mix, ","),
          ": asks nothing, for the episodes have no such pairs");
  check_study_mix(model, rules, shape);
  check_padding(model, rules, shape);
  rules.weigh = find_model(model.name).loss_weight(model, shape.side);
  return rules;
}

/// With `copies` the study pairs are asked too.
void add_validation(RunData& data,
                    const char* name,
                    EpisodeGroups episodes,
                    const ModelConfig& model,
                    bool copies) {
  for (const EpisodeTensors& group : episodes.groups) {
    const auto queries = static_cast<std::size_t>(group.shape.queries);
    check_data(model, group.shape, std::vector<QueryKind>(queries), false);
    if (copies) check_data(model, group.shape, group.copies().shape.query_kinds, false);
  }
  data.validation.push_back(make_grid_validation(name, std::move(episodes), copies));
}

/// Names fresh episodes: SHA-256 of a line for the seed and one for each option of [grids] and
/// [split] that is not its default, sorted: "grids.side = 6".
std::string fresh_digest(const FreshRecipe& recipe, std::uint64_t seed) {
  std::set<std::string> lines = {cat("seed = ", seed, "\n")};
  for (const Field& field : changed_fields(recipe.grids))
    lines.insert(cat("grids.", field.name, " = ", field.value, "\n"));
  for (const Field& field : changed_fields(recipe.split))
    lines.insert(cat("split.", field.name, " = ", field.value, "\n"));
  std::string text;
  for (const std::string& line : lines) text += line;
  return "sha256:" + sha256(text);
}

void learn_fresh(RunData& data,
                 const FreshRecipe& recipe,
                 const ModelConfig& model,
                 const TrainConfig& config,
                 torch::Device device) {
  require(pair_order(model) != PairOrder::kByTriggers, "--model.sections ", model.sections,
          ": is for stored episodes; generate and split some, and name them by --data");
  FreshRecipe learned = recipe;
  // Pairs that stand by section say it.
  if (learned_order(model) == PairOrder::kBySection) learned.split.shuffle_study = false;
  FreshEpisodes episodes(learned, config.seed, FreshUse::kTrain);
  EpisodeShape shape = episode_shape(episodes.make(0));
  shape.own_order = learned.grids.order_is_drawn();
  shape.fewer_rules = !learned.grids.query_depth.empty();
  if (learned.split.shuffle_study)
    shape.study_roles.assign(shape.study_roles.size(), kUnknownRoles);
  require_spare(config, shape, "[grids] with [split]");
  data.task = task_of(shape);
  data.source["learner"] = "fresh";
  data.source["digest"] = fresh_digest(recipe, config.seed);
  data.source["triplets"] = episodes.triplets();
  const BatchRules rules = rules_of(model, config, shape);
  data.batches = make_fresh_batches(std::move(episodes), rules, device);
}

/// Batches of a set's episodes, from equal ones as they come.
std::unique_ptr<BatchSource> stored_batches(const EpisodeGroups& episodes,
                                            const BatchRules& rules,
                                            const TrainConfig& config,
                                            torch::Device device) {
  if (episodes.groups.size() == 1)
    return make_stored_batches(episodes.groups.front().to(device), rules);
  require(!config.partial_batches,
          "--partial-batches: the training episodes differ in side or study pairs, and those of a "
          "batch must be alike");
  const int together = config.mean_over > 0 ? config.mean_over : config.batch;
  return make_grouped_batches(episodes.to(device), rules, static_cast<std::uint64_t>(together));
}

void learn_stored(RunData& data,
                  const EpisodeSet& train,
                  const ModelConfig& model,
                  const TrainConfig& config,
                  torch::Device device) {
  require_answers(train.manifest(), train.folder());
  std::set<std::string> triplets;
  const EpisodeGroups episodes =
      load_groups(train, 0, config.asks("aux"), learned_order(model),
                  [&](const Episode& episode) { add_triplet(triplets, episode); });
  for (const EpisodeTensors& group : episodes.groups)
    require_spare(config, group.shape, train.folder().string());
  const EpisodeShape& first = episodes.groups.front().shape;
  data.task = task_of(first);
  data.source["learner"] = "stored";
  data.source["episodes"] = train.size();
  data.source["digest"] = train.manifest().digest;
  data.source["recipe"] = train.manifest().recipe;
  data.source["triplets"] = triplets;
  require_one_study(model, episodes, train.folder().string());
  const BatchRules rules = rules_of(model, config, first);
  for (const EpisodeTensors& group : episodes.groups) {
    require_same_task(model, data.task, task_of(group.shape), train.folder().string());
    check_study_mix(model, rules, group.shape);
  }
  data.batches = stored_batches(episodes, rules, config, device);
}

void add_fresh_validation(RunData& data,
                          const FreshRecipe& recipe,
                          const ModelConfig& model,
                          const TrainConfig& config) {
  require(config.validate_items > 0,
          "--validate-items 0: fresh episodes have no end; name a number");
  const bool lost = recipe.split.shuffle_study && finds_sections(model);
  const bool copies = config.asks("copy") && !lost;
  for (const auto& [name, use] :
       {std::pair{"val_id", FreshUse::kValidateId}, std::pair{"val_ood", FreshUse::kValidateOod}}) {
    FreshRecipe asked = recipe;
    if (pair_order(model) == PairOrder::kBySection) asked.split.shuffle_study = false;
    const FreshEpisodes source(asked, config.seed, use);
    add_validation(data, name, one_group(first_episodes(source, config.validate_items)), model,
                   copies);
  }
}

void add_stored_validation(RunData& data,
                           const std::filesystem::path& folder,
                           const ModelConfig& model,
                           const TrainConfig& config) {
  // Where a pair stands is not known to a model that finds it, so none can be asked again.
  const bool copies = config.asks("copy") && !finds_sections(model);
  for (const char* name : {"val_id", "val_ood"}) {
    if (!std::filesystem::exists(folder / name / kManifestFile)) continue;
    const EpisodeSet set(folder / name);
    if (set.empty()) continue;
    require_answers(set.manifest(), set.folder());
    const auto items = static_cast<std::uint64_t>(config.validate_items);
    EpisodeGroups episodes = load_groups(set, items, false, pair_order(model));
    require_one_study(model, episodes, set.folder().string());
    for (const EpisodeTensors& group : episodes.groups)
      require_same_task(model, data.task, task_of(group.shape), set.folder().string());
    add_validation(data, name, std::move(episodes), model, copies);
    data.source["validation"][name] = set.manifest().digest;
  }
}

}  // namespace

RunData open_fresh_run(const FreshRecipe& recipe,
                       const ModelConfig& model,
                       const TrainConfig& config,
                       torch::Device device) {
  require(config.episodes != "stored",
          "--episodes stored: needs --data with the folder of a split, not 'fresh'");
  RunData data;
  data.source["folder"] = "fresh";
  learn_fresh(data, recipe, model, config, device);
  add_fresh_validation(data, recipe, model, config);
  return data;
}

RunData open_grid_run(const std::filesystem::path& folder,
                      const ModelConfig& model,
                      const TrainConfig& config,
                      torch::Device device) {
  RunData data;
  data.source["folder"] = folder.string();
  if (config.episodes == "fresh") {
    learn_fresh(data, recipe_of(folder / "train"), model, config, device);
  } else {
    learn_stored(data, EpisodeSet(folder / "train"), model, config, device);
  }
  add_stored_validation(data, folder, model, config);
  return data;
}

}  // namespace recombine
