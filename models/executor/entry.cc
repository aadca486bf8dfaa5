#include "models/entry.h"

#include <algorithm>

#include "data/error.h"
#include "models/executor/executor.h"
#include "models/executor/refine.h"
#include "models/executor/rule_library.h"
#include "models/layers/patch_loss.h"
#include "models/layers/patches.h"

namespace recombine {
namespace {

bool reads_triggers(const ModelConfig& config) { return config.sections == "triggers"; }
bool hides_sections(const ModelConfig& config) {
  return config.sections != "told" && !reads_triggers(config);
}
bool is_told_sections(const ModelConfig& config) { return !hides_sections(config); }

/// None with hidden sections: what their finding costs is a mean over study pairs.
LossWeight executor_loss_weight(const ModelConfig& config, int /*side*/) {
  if (hides_sections(config)) return {};
  return [config](const torch::Tensor& outputs) {
    const PatchHead head{.compact = false, .zero_patch_weight = config.zero_patch_weight};
    return patch_weights(head, to_patches(outputs, config.patch)).sum();
  };
}

/// Evidence is averaged, so that any number of pairs will do.
bool averages_evidence(const ModelConfig& /*config*/) { return true; }

bool has_library(const ModelConfig& config) { return config.library > 0; }

/// Relative places are those of any side that the patches divide; a library answers in windows,
/// which a sorter of sections does not see.
bool reads_executor_side(const ModelConfig& config, int side) {
  if (config.places == "relative") return side % config.patch == 0;
  return has_library(config) && config.sections != "hidden";
}

/// The executor must know which rules its study pairs show, or find it out where it only answers.
void check_executor_data(const ModelConfig& config, const EpisodeDemands& demands) {
  require(!demands.own_order || (config.order == "found" && !demands.learns),
          "the model executor applies the rules of shape, colour and indicator in this order, and "
          "the data has episodes of other orders; generate grids --order fixed, a model trained "
          "with --model.order found, one that convert --library --order found makes, or another "
          "model");
  require(!demands.fewer_rules,
          "the model executor applies all rules to a query, and the data has queries of "
          "fewer; generate grids without --query-depth, or another model");
  require(!demands.learns || config.library == 0, "--model.library ", config.library,
          ": is made of a trained model, by convert --library");
  const bool known = std::ranges::find(demands.roles, kUnknownRoles) == demands.roles.end();
  if (demands.rules != static_cast<int>(kUsualRoles)) {
    require(known, "the model executor: has to be told the sections of ", demands.rules,
            " rules, and the data does not say them");
    return;
  }
  if (known || !hides_sections(config)) {
    executor_plan(demands.roles, demands.queries, plan_rules(config, demands.learns));
    return;
  }
  require(!demands.learns,
          "--model.sections hidden: is told the sections while it learns, and the "
          "training episodes do not say them");
  if (config.sections == "searched") return;
  require(demands.study % static_cast<int>(kStudySections.size()) == 0,
          "--model.sections hidden: ", demands.study,
          " study pairs of unknown sections are not as many of each");
}

GridAnswers refine_executor(const Model& model,
                            const GridBatch& batch,
                            const RefineConfig& config) {
  return refined_answers(static_cast<const ExecutorModel&>(model), batch, config);
}

std::shared_ptr<Model> executor_with_library(const Model& model,
                                             const std::vector<GridBatch>& episodes,
                                             const ModelConfig& answers) {
  return with_library(static_cast<const ExecutorModel&>(model), episodes, answers);
}

std::vector<BenchCase> executor_bench() {
  ModelConfig config;
  config.name = "executor";
  config.width = 64;
  config.feed_forward = 256;
  config.layers = 2;
  return {{.name = "executor", .config = config, .together = 4}};
}

}  // namespace

const ModelEntry executor_model{.make = make_of<ExecutorModel>,
                                .loss_weight = executor_loss_weight,
                                .training_flops = executor_training_flops,
                                .check_data = check_executor_data,
                                .reads_any_study = averages_evidence,
                                .reads_side = reads_executor_side,
                                .reads_more_rules = has_library,
                                .finds_sections = hides_sections,
                                .reads_sections = is_told_sections,
                                .reads_triggers = reads_triggers,
                                .refine = refine_executor,
                                .with_library = executor_with_library,
                                .bench = executor_bench};

}  // namespace recombine
