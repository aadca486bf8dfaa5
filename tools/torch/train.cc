// recombine train: one run, as its config says.

#include <iostream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "meta/training/trainer.h"
#include "meta/workers/prefetch.h"
#include "models/device/device.h"
#include "models/entry.h"
#include "tools/command.h"
#include "tools/torch/run_config.h"
#include "tools/torch_options.h"

namespace recombine {
namespace {

class TrainVerb : public Verb {
 public:
  void declare(Options& options) override {
    options.add(own_);
    config_.bind(options);
    options.own_section("train");
  }

  void check(const Call& call) const override {
    config_.validate();
    config_.grids.validate();
    config_.split.validate();
    find_model(config_.model.name);
    config_.refuse_unread(*call.options);
  }

  int run(const Call& call) override {
    require(call.positional.empty(), "takes options alone; did you mean --data ",
            call.positional.empty() ? "" : call.positional.front(), "?");
    require(!own_.out.empty(), "--out is missing: the folder of the run");
    require(!own_.resume || !own_.force, "--resume and --force: name one of them");
    const RunFolder folder(own_.out);
    if (own_.resume) {
      if (is_finished(folder, *call.options)) return kDone;
    } else {
      require_data(own_.force || !std::filesystem::exists(folder.config()), own_.out,
                   ": is a run already; --resume goes on with it, --force replaces it");
    }
    require(!own_.data.empty(), "--data is missing: the folder of a split, or fresh");
    config_.validate();
    config_.refuse_unread(*call.options);
    return train(folder, call);
  }

 private:
  /// Takes config and data of the run to go on with.
  bool is_finished(const RunFolder& folder, const Options& options) {
    resume_config(folder, options, config_);
    const std::vector<std::uint64_t> steps = folder.steps();
    if (std::filesystem::exists(folder.info()) && own_.data.empty()) {
      own_.data = folder.read_info("data").value("folder", "");
    }
    if (steps.empty()) std::cerr << own_.out << ": has no checkpoint yet; starts at step 0\n";
    const std::uint64_t all = std::filesystem::exists(folder.info())
                                  ? folder.read_info().value("steps", config_.train.steps)
                                  : config_.train.steps;
    if (steps.empty() || steps.back() < all || !folder.is_finished()) return false;
    std::cout << own_.out << ": is finished, at step " << steps.back() << "; nothing to do\n";
    return true;
  }

  int train(const RunFolder& folder, const Call& call) {
    tune_allocator();
    const torch::Device device = select_device(config_.train.device);
    if (!device.is_cpu()) config_.train.workers = 1;
    const RunData data = open_run(origin(), config_.model, config_.train, device);
    const TrainConfig train = with_steps(config_.train, data.batches->epoch_items());
    require_same_data(folder, data);
    warn_without_best(data);
    // Everything that can be refused is refused before the folder is made.
    make_model(config_.model, data.task, config_.train.seed);
    if (!own_.resume) {
      make_new_folder(folder.path(), own_.force);
      write_file(folder.config(), call.options->ini_text());
    }
    const RunState state = train_run({folder, train, config_.model, device, call.quiet}, data);
    std::cout << own_.out << ": " << state.step << " steps, "
              << step_range(train, data.batches->epoch_items(), state.step).first << " items";
    if (state.best) {
      std::cout << "; best at step " << state.best->step << ": " << 100 * state.best->exact
                << " % exact on " << config_.train.best_by;
    }
    std::cout << "\n";
    return kDone;
  }

  DataOrigin origin() const {
    if (own_.data == "fresh") return FreshRecipe{config_.grids, config_.split};
    return std::filesystem::path(own_.data);
  }

  void require_same_data(const RunFolder& folder, const RunData& data) const {
    if (!own_.resume || !std::filesystem::exists(folder.info())) return;
    Json then = folder.read_info("data");
    Json now = data.source;
    then.erase("folder");
    now.erase("folder");
    // What older runs did not name cannot differ.
    for (const char* key : {"digest", "recipe", "triplets"}) {
      if (!then.contains(key)) now.erase(key);
    }
    require_data(then == now, own_.data, ": is not the data that ", own_.out,
                 " was trained on; name the same data, or train a new run");
  }

  void warn_without_best(const RunData& data) const {
    const std::string& by = config_.train.best_by;
    for (const auto& set : data.validation) {
      if (set->name() == by) return;
    }
    std::cerr << own_.data << ": has no " << by << ", so no checkpoint will be called best\n";
  }

  TrainOptions own_;
  RunConfig config_;
};

}  // namespace

std::unique_ptr<Verb> make_train() { return std::make_unique<TrainVerb>(); }

}  // namespace recombine
