// recombine convert: a run of the published encoder-decoder with another vocabulary, or as
// `shared`.

#include <iostream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/create_folder.h"
#include "data/storage/file.h"
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

class ConvertVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    require(call.positional.empty(), "takes options alone; see recombine help convert");
    require(!own_.run.empty(), "--run is missing: the folder of the run");
    require(!own_.out.empty(), "--out is missing: the folder of the converted run");
    const RunFolder from(own_.run);
    RunConfig config;
    read_run_config(from, config);
    const std::uint64_t step = from.find(own_.checkpoint);
    Json info = from.read_info();
    const TaskShape task = task_shape(from.read_info("task"));
    const auto model = make_model(config.model, task, config.train.seed);
    const Json state = load_checkpoint(from.checkpoint(step), *model, nullptr);
    if (!own_.vocabulary.empty()) config.model.vocabulary = own_.vocabulary;
    if (!own_.name.empty()) config.model.name = own_.name;
    const auto converted = make_model(config.model, task, config.train.seed);
    const auto convert = conversion_of(model->config().name);
    require(convert == conversion_of(config.model.name), "--name ", config.model.name,
            ": has other weights than ", model->config().name);
    convert(*model, *converted);
    write_run(config, *converted, changed(std::move(info), *converted, step), state);
    std::cout << own_.out << ": step " << step << " of " << own_.run << " as " << config.model.name
              << ", vocabulary " << config.model.vocabulary << "\n";
    return kDone;
  }

 private:
  Json changed(Json info, const Model& model, std::uint64_t step) const {
    std::int64_t parameters = 0;
    for (const Weight& weight : model.weights()) parameters += weight.tensor.numel();
    info["model"] = model.config().name;
    info["parameters"] = parameters;
    info["status"] = "finished";
    info["step"] = step;
    info["steps"] = step;
    info["converted_from"] = own_.run;
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
