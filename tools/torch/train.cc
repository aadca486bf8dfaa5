// recombine train: one run, as its config says.

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "data/storage/writer_lock.h"
#include "meta/training/trainer.h"
#include "meta/workers/prefetch.h"
#include "models/device/device.h"
#include "models/entry.h"
#include "tools/command.h"
#include "tools/torch/ranks.h"
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
    part_ = part_of(own_.ranks);
    if (own_.resume) {
      if (is_finished(folder, *call.options)) return kDone;
    } else {
      // What there is now rank 0 may have made a moment ago.
      const bool is_there = part_.place.rank == 0 && std::filesystem::exists(folder.config());
      require_data(own_.force || !is_there, own_.out,
                   ": is a run already; --resume goes on with it, --force replaces it");
    }
    require(!own_.data.empty(), "--data is missing: the folder of a split, or fresh");
    config_.validate();
    config_.refuse_unread(*call.options);
    refuse_unread_epochs(call.options->given());
    count_workers(config_, part_.ranks());
    if (part_.starts > 0) return start_ranks(part_.starts);
    return join(folder, call);
  }

 private:
  /// A typed --epochs that --steps makes void: hours of another training.
  void refuse_unread_epochs(const Names& given) const {
    const auto is_given = [&](const char* name) { return std::ranges::count(given, name) > 0; };
    const TrainConfig& train = config_.train;
    require(
        !is_given("epochs") || is_given("steps") || train.steps == 0 || train.schedule == "chained",
        "--epochs ", train.epochs, ": is read where --steps is 0, and it is ", train.steps,
        "; add --steps 0");
  }

  /// Takes config and data of the run to go on with.
  bool is_finished(const RunFolder& folder, const Options& options) {
    resume_workers(folder, options);
    const std::vector<std::uint64_t> steps = folder.steps();
    if (std::filesystem::exists(folder.info()) && own_.data.empty()) {
      own_.data = folder.read_info("data").value("folder", "");
    }
    if (steps.empty() && part_.speaks())
      std::cerr << own_.out << ": has no checkpoint yet; starts at step 0\n";
    const std::uint64_t all = std::filesystem::exists(folder.info())
                                  ? folder.read_info().value("steps", config_.train.steps)
                                  : config_.train.steps;
    if (steps.empty() || steps.back() < all || !folder.is_finished()) return false;
    if (part_.place.rank == 0)
      std::cout << own_.out << ": is finished, at step " << steps.back() << "; nothing to do\n";
    return true;
  }

  /// The config of the run, its workers as those of one rank. They may be shared by another number
  /// of ranks than before.
  void resume_workers(const RunFolder& folder, const Options& options) {
    const int ranks = part_.ranks();
    config_.train.workers *= ranks;
    resume_config(folder, options, config_);
    int& workers = config_.train.workers;
    if (config_.train.device == "cuda") workers = ranks;  // a worker a GPU
    require(workers % ranks == 0, "--ranks ", ranks, ": the run has ", workers,
            " workers in all, which so many ranks cannot share evenly");
    workers /= ranks;
  }

  int join(const RunFolder& folder, const Call& call) {
    std::shared_ptr<RankGroup> group;
    try {
      group = std::make_shared<RankGroup>(part_.place, std::chrono::seconds(own_.rank_timeout));
    } catch (const RankLost& lost) {
      return report_lost(lost);
    }
    return run_as_rank(*group, [&] { return train(folder, call, group); });
  }

  int train(const RunFolder& folder, const Call& call, const std::shared_ptr<RankGroup>& group) {
    tune_allocator();
    outlive_readers();
    const torch::Device device = select_device(config_.train.device, part_.place.local);
    if (!device.is_cpu()) config_.train.workers = group->count();
    const RunData data = open_run(origin(), config_.model, config_.train, device);
    const TrainConfig train = with_steps(config_.train, data.batches->epoch_items());
    require_same_data(folder, data);
    warn_without_best(data);
    // Everything that can be refused is refused before the folder is made.
    make_model(config_.model, data.task, config_.train.seed);
    Likeness own = likeness_of(config_, data.source);
    own["device"] = device_text(device);
    require_alike(*group, own);
    if (!device.is_cpu()) link_gpus(*group, device);
    if (!own_.resume && group->rank() == 0) {
      make_new_folder(folder.path(), own_.force);
      write_file(folder.config(), call.options->ini_text());
    }
    std::optional<WriterLock> lock;  // rank 0 alone writes
    if (group->rank() == 0) lock.emplace(folder.path() / kWriterFile, folder.path());
    const bool quiet = call.quiet || group->rank() > 0;
    const RunState state = train_run({folder, train, config_.model, device, quiet, group}, data);
    if (group->rank() == 0) tell(state, train, data);
    return kDone;
  }

  void tell(const RunState& state, const TrainConfig& train, const RunData& data) const {
    std::cout << own_.out << ": " << state.step << " steps, "
              << step_range(train, data.batches->epoch_items(), state.step).first << " items";
    if (state.best) {
      std::cout << "; best at step " << state.best->step << ": " << 100 * state.best->exact
                << " % exact on " << config_.train.best_by;
    }
    std::cout << "\n";
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
    if (part_.place.rank == 0)
      std::cerr << own_.data << ": has no " << by << ", so no checkpoint will be called best\n";
  }

  TrainOptions own_;
  RunConfig config_;
  Part part_;
};

}  // namespace

std::unique_ptr<Verb> make_train() { return std::make_unique<TrainVerb>(); }

}  // namespace recombine
