// recombine convert: a run of the published encoder-decoder with another vocabulary or as `shared`,
// or one of the executor with a library of rules.

#include <algorithm>
#include <iostream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/create_folder.h"
#include "data/storage/file.h"
#include "data/version.h"
#include "meta/batches/episode_groups.h"
#include "models/checkpoint.h"
#include "models/entry.h"
#include "tools/command.h"
#include "tools/torch/run_config.h"
#include "tools/torch_options.h"

namespace recombine {
namespace {

/// What converts models of this name.
auto conversion_of(const std::string& name) {
  const auto convert = find_model(name).convert;
  require(convert != nullptr, "--run: is of the model ", name,
          "; reference and shared can be converted");
  return convert;
}

/// Episodes whose rules become a library.
constexpr std::uint64_t kLibraryEpisodes = 200;

class ConvertVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    require(call.positional.empty(), "takes options alone; see recombine help convert");
    require(!own_.run.empty(), "--run is missing: the folder of the run");
    require(!own_.out.empty(), "--out is missing: the folder of the converted run");
    require(!own_.library.empty() || (own_.sections.empty() && own_.order.empty()),
            "--sections and --order: need --library");
    const RunFolder from(own_.run);
    RunConfig config;
    read_run_config(from, config);
    const std::uint64_t step = from.find(own_.checkpoint);
    Json info = from.read_info();
    const TaskShape task = task_shape(from.read_info("task"));
    const auto model = make_model(config.model, task, config.train.seed);
    const Json state = load_checkpoint(from.checkpoint(step), *model, nullptr);
    const auto made = own_.library.empty() ? converted(*model, config, task) : remembering(*model);
    config.model = made->config();
    write_run(config, *made, changed(std::move(info), *made, step), state);
    std::cout << own_.out << ": step " << step << " of " << own_.run << " as " << config.model.name;
    if (own_.library.empty()) std::cout << ", vocabulary " << config.model.vocabulary << "\n";
    if (!own_.library.empty())
      std::cout << ", which knows " << config.model.library << " rules, of " << library_episodes()
                << " episodes\n";
    return kDone;
  }

 private:
  /// The weights in a model of another name or vocabulary.
  std::shared_ptr<Model> converted(const Model& model,
                                   RunConfig config,
                                   const TaskShape& task) const {
    if (!own_.vocabulary.empty()) config.model.vocabulary = own_.vocabulary;
    if (!own_.name.empty()) config.model.name = own_.name;
    auto made = make_model(config.model, task, config.train.seed);
    const auto convert = conversion_of(model.config().name);
    require(convert == conversion_of(config.model.name), "--name ", config.model.name,
            ": has other weights than ", model.config().name);
    convert(model, *made);
    return made;
  }

  /// The weights in a model that knows the rules of a data set.
  std::shared_ptr<Model> remembering(const Model& model) const {
    at::set_num_threads(1);
    require(own_.vocabulary.empty() && own_.name.empty(),
            "--library: goes with neither --vocabulary nor --name");
    const auto with_library = find_model(model.config().name).with_library;
    require(with_library != nullptr, "--library: the run is of the model ", model.config().name,
            "; the executor alone has vectors of rules");
    const EpisodeSet set(own_.library);
    ModelConfig config = model.config();
    if (!own_.sections.empty()) config.sections = own_.sections;
    if (!own_.order.empty()) config.order = own_.order;
    const PairOrder order = pair_order(config) == PairOrder::kByTriggers ? PairOrder::kByTriggers
                                                                         : PairOrder::kBySection;
    const EpisodeGroups groups =
        load_groups(set, first_of_set(set, kLibraryEpisodes), false, order);
    ModelConfig learner = model.config();
    learner.library = 0;
    std::vector<GridBatch> episodes;
    for (const EpisodeTensors& group : groups.groups) {
      const TaskShape asked{.side = group.shape.side, .study = group.shape.study};
      require_data(reads_shape(learner, model.shape(), asked), own_.library, ": has side ",
                   asked.side, "; the model of ", own_.run, " was made for side ",
                   model.shape().side);
      require_data(group.shape.rules == static_cast<int>(kUsualRoles) && !group.shape.own_order,
                   own_.library,
                   ": a library is made of episodes of three rules in the usual "
                   "order; generate grids --indicators 1 --order fixed");
      const auto& roles = group.shape.study_roles;
      require_data(std::ranges::find(roles, kUnknownRoles) == roles.end(), own_.library,
                   ": does not say which rules its study pairs show; a library needs that");
      for (std::int64_t begin = 0; begin < group.size(); begin += kEpisodesAtATime) {
        const std::int64_t count = std::min(kEpisodesAtATime, group.size() - begin);
        const torch::Tensor queries = group.queries.narrow(0, begin, count);
        episodes.push_back({.study = group.study.narrow(0, begin, count),
                            .query_inputs = queries.select(2, 0),
                            .query_outputs = {},
                            .study_roles = roles});
      }
    }
    return with_library(model, episodes, config);
  }

  std::uint64_t library_episodes() const {
    return std::min<std::uint64_t>(kLibraryEpisodes, EpisodeSet(own_.library).size());
  }

  Json changed(Json info, const Model& model, std::uint64_t step) const {
    std::int64_t parameters = 0;
    for (const Weight& weight : model.weights()) parameters += weight.tensor.numel();
    info["model"] = model.config().name;
    info["parameters"] = parameters;
    info["status"] = "finished";
    info["step"] = step;
    info["steps"] = step;
    info["converted_from"] = own_.run;
    if (!own_.library.empty()) {
      info["library"] = {{"data", own_.library},
                         {"digest", EpisodeSet(own_.library).manifest().digest},
                         {"episodes", library_episodes()},
                         {"rules", model.config().library},
                         {"tool", {{"version", version_text()}, {"git", git_revision()}}}};
    }
    for (const char* other : {"best", "steps_to_reach", "milestones"}) info.erase(other);
    return info;
  }

  void write_run(RunConfig config, Model& model, const Json& info, const Json& state) const {
    AtomicFolder folder(own_.out, own_.force);
    const RunFolder made(folder.part());
    Options options;
    config.bind(options);
    write_file(made.config(), options.ini_text());
    write_file(made.info(), info.dump(2) + "\n");
    create_folder(made.checkpoints());
    OptimiserConfig optimiser;
    optimiser.name = config.train.optimizer;
    // Moments belong to the weights that they were collected for: the optimiser starts anew.
    save_checkpoint(made.checkpoint(whole<std::uint64_t>(info.at("step"))), model,
                    *make_optimiser(model.weights(), optimiser), state);
    folder.commit();
  }

  ConvertOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_convert() { return std::make_unique<ConvertVerb>(); }

}  // namespace recombine
