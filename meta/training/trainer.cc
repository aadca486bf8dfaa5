#include "meta/training/trainer.h"

#include <cmath>
#include <deque>
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "data/version.h"
#include "meta/run/run_clock.h"
#include "meta/run/run_log.h"
#include "meta/run/schedule.h"
#include "meta/run/steps_to_reach.h"
#include "meta/workers/replicas.h"
#include "meta/workers/worker.h"
#include "meta/workers/worker_threads.h"
#include "models/checkpoint.h"
#include "models/device/device.h"
#include "models/device/processor.h"
#include "models/optimisers/optimiser.h"

namespace recombine {
namespace {

OptimiserConfig optimiser_config(const TrainConfig& config) {
  OptimiserConfig optimiser;
  optimiser.name = config.optimizer;
  optimiser.lr = config.lr;
  optimiser.muon_lr = config.muon_lr;
  optimiser.beta1 = config.beta1;
  optimiser.beta2 = config.beta2;
  optimiser.eps = config.eps;
  optimiser.weight_decay = config.weight_decay;
  optimiser.decay_vectors = config.decay_vectors;
  optimiser.clip = config.clip;
  return optimiser;
}

bool due(std::uint64_t step, std::uint64_t every) { return every > 0 && step % every == 0; }

class Trainer {
 public:
  Trainer(const TrainRequest& request, const RunData& data);
  RunState run();

 private:
  void resume();
  void step();
  void update();
  void collect_loss();
  bool validates() const {
    return state_.step == config_.steps || due(state_.step, config_.validate_every);
  }
  bool logs() const { return validates() || due(state_.step, config_.log_every); }
  bool owes_row() const { return logs() && state_.loss_steps > 0; }
  void after_step();
  [[noreturn]] void stop();
  std::uint64_t items_seen() const;
  ValidationScores validate();
  void note_best(const ValidationScores& scores);
  void require_numbers();
  void save();
  void write_info(const char* status);

  const TrainRequest& request_;
  const TrainConfig& config_;
  const RunData& data_;
  WorkerThreads threads_;
  Replicas replicas_;
  std::unique_ptr<Optimiser> optimiser_;
  RunState state_;
  std::deque<Worker> workers_;
  torch::Tensor loss_sum_;    ///< state_.loss_sum as the device has it
  torch::Tensor rate_scale_;  ///< on a GPU: the value of the schedule
  std::unique_ptr<StepRunner> update_runner_;
  RunClock clock_;
  std::unique_ptr<RunLog> log_;
};

Trainer::Trainer(const TrainRequest& request, const RunData& data)
    : request_(request),
      config_(request.train),
      data_(data),
      threads_(config_.workers),
      replicas_([&] { return make_model(request.model, data.task, config_.seed); },
                config_.workers,
                request.device),
      optimiser_(make_optimiser(replicas_.master().weights(), optimiser_config(config_))),
      loss_sum_(torch::zeros({}, torch::TensorOptions(torch::kFloat64).device(request.device))),
      rate_scale_(torch::zeros({}, torch::TensorOptions().device(request.device))),
      update_runner_(make_step_runner(request.device)),
      clock_(request.folder, request.device.is_cpu()) {
  resume();
  for (int worker = 0; worker < config_.workers; ++worker) {
    workers_.emplace_back(*data.batches, config_, replicas_, worker, state_.step);
  }
  const std::uint64_t logged = owes_row() ? state_.step - 1 : state_.step;
  log_ = std::make_unique<RunLog>(request.folder, config_, logged, request.quiet);
}

void Trainer::resume() {
  std::filesystem::create_directories(request_.folder.checkpoints());
  const std::vector<std::uint64_t> steps = request_.folder.steps();
  if (steps.empty()) return;
  const std::filesystem::path checkpoint = request_.folder.checkpoint(steps.back());
  state_ = run_state(load_checkpoint(checkpoint, replicas_.master(), optimiser_.get()));
  loss_sum_.fill_(state_.loss_sum);
}

RunState Trainer::run() {
  write_info("running");
  replicas_.train(true);
  try {
    if (owes_row()) after_step();
    while (state_.step < config_.steps) {
      step();
      after_step();
    }
  } catch (const Interrupted&) {
    stop();
  }
  log_->finish();
  write_info("finished");
  return state_;
}

/// Where work was interrupted: the state is that after the last update, whose row may be owed.
void Trainer::stop() {
  collect_loss();
  if (!std::filesystem::exists(request_.folder.checkpoint(state_.step))) save();
  log_->finish();
  write_info("interrupted");
  throw Interrupted(cat("interrupted; step ", state_.step, " of ", config_.steps, " is saved in ",
                        request_.folder.path().string(), "; go on with --resume"));
}

void Trainer::step() {
  threads_.run([this](int worker) { workers_[static_cast<std::size_t>(worker)].run(); });
  const torch::NoGradGuard no_gradients;
  replicas_.sum_gradients();
  update();
  for (const Worker& worker : workers_) loss_sum_ += worker.loss();
  ++state_.step;
  ++state_.loss_steps;
}

/// On a CPU the workers make it together; on a GPU it is recorded as the rest of the step is.
void Trainer::update() {
  const double scale = learning_rate_scale(config_, state_.step);
  if (request_.device.is_cpu()) {
    optimiser_->step(scale, {threads_.count(),
                             [this](const std::function<void(int)>& work) { threads_.run(work); }});
    return;
  }
  rate_scale_.fill_(scale);
  update_runner_->run([this] { optimiser_->step(rate_scale_); });
}

/// Brings the loss to the host: the only place where a step waits for the device.
void Trainer::collect_loss() {
  state_.loss_sum = loss_sum_.item<double>();
  require(std::isfinite(state_.loss_sum), "step ", state_.step,
          ": the loss is not a number; lower --lr or --muon-lr, or set --clip");
}

void Trainer::after_step() {
  log_->progress(state_.step);
  const bool saves = validates() || due(state_.step, config_.checkpoint_every);
  if (logs() || saves) collect_loss();
  if (logs()) {
    const ValidationScores scores = validates() ? validate() : ValidationScores{};
    note_best(scores);
    log_->row(state_, items_seen(), clock_.wall_seconds(), scores);
    state_.loss_sum = 0;
    state_.loss_steps = 0;
    loss_sum_.zero_();
  }
  if (saves) save();
}

std::uint64_t Trainer::items_seen() const {
  return step_range(config_, data_.batches->epoch_items(), state_.step).first;
}

ValidationScores Trainer::validate() {
  const AnswerWatch watch = [](std::int64_t) { check_interrupted("the validation is dropped"); };
  std::vector<Validated> sets;
  for (const auto& set : data_.validation)
    sets.push_back(set->validate(threads_, replicas_, watch));
  // Nothing is shown before all sets are through: a validation that is interrupted comes again.
  ValidationScores scores;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const std::string& name = data_.validation[i]->name();
    if (sets[i].picture) log_->picture(state_.step, name + "/answers", *sets[i].picture);
    scores.emplace_back(name, std::move(sets[i].scores));
  }
  return scores;
}

void Trainer::note_best(const ValidationScores& scores) {
  for (const auto& [name, figures] : scores) {
    if (name != config_.best_by) continue;
    if (state_.best && exact_of(figures) <= state_.best->exact) continue;
    state_.best = BestCheckpoint{state_.step, exact_of(figures)};
  }
}

/// The losses are those of before an update; what the last one made is in the weights alone.
void Trainer::require_numbers() {
  for (const Weight& weight : replicas_.master().weights()) {
    require(weight.tensor.isfinite().all().item<bool>(), "step ", state_.step, ": the weight ",
            weight.name, " is not a number; lower --lr or --muon-lr, or set --clip");
  }
}

void Trainer::save() {
  require_numbers();
  const std::filesystem::path folder = request_.folder.checkpoint(state_.step);
  save_checkpoint(folder, replicas_.master(), *optimiser_, to_json(state_));
  std::optional<std::uint64_t> best;
  if (state_.best) best = state_.best->step;
  // run.json must never name a checkpoint that is gone.
  write_info("running");
  prune_checkpoints(request_.folder, static_cast<std::size_t>(config_.keep_checkpoints), best);
}

void Trainer::write_info(const char* status) {
  Json info = {{"schema", "recombine.run/1"},
               {"status", status},
               {"tool",
                {{"version", version_text()},
                 {"git", git_revision()},
                 {"build", build_type()},
                 {"libtorch", libtorch_text()}}},
               {"device", device_text(request_.device)},
               {"processor", processor_text()},
               {"workers", config_.workers},
               {"model", request_.model.name},
               {"parameters", replicas_.parameters()},
               {"task", to_json(data_.task)},
               {"data", data_.source},
               {"step", state_.step},
               {"steps", config_.steps},
               {"wall_seconds", clock_.wall_seconds()},
               {"device_seconds", clock_.device_seconds()}};
  if (std::string_view(status) == "finished")
    info["steps_to_reach"] = steps_to_reach(request_.folder);
  if (!request_.device.is_cpu()) info["device_memory_gib"] = peak_memory(request_.device);
  if (state_.best) {
    info["best"] = {
        {"step", state_.best->step}, {"by", config_.best_by}, {"exact", state_.best->exact}};
  }
  write_file(request_.folder.info(), info.dump(2) + "\n");
}

}  // namespace

RunState train_run(const TrainRequest& request, const RunData& data) {
  return Trainer(request, data).run();
}

}  // namespace recombine
