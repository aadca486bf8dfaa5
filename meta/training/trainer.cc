#include "meta/training/trainer.h"

#include <cmath>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/create_folder.h"
#include "meta/ranks/rank_group.h"
#include "meta/run/schedule.h"
#include "meta/training/run_record.h"
#include "meta/training/same_state.h"
#include "meta/workers/replicas.h"
#include "meta/workers/worker.h"
#include "meta/workers/worker_threads.h"
#include "models/checkpoint.h"
#include "models/device/device.h"
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
  void learn();
  void step();
  std::vector<torch::Tensor> work_alone();
  std::vector<torch::Tensor> work_together();
  void update();
  void collect_loss();
  bool validates() const {
    return state_.step == config_.steps || due(state_.step, config_.validate_every);
  }
  bool logs() const { return validates() || due(state_.step, config_.log_every); }
  bool owes_row() const { return logs() && state_.loss_steps > 0; }
  void after_step();
  [[noreturn]] void stop();
  [[noreturn]] void give_up(const RankLost& lost);
  std::uint64_t items_seen() const;
  ValidationScores validate();
  void note_best(const ValidationScores& scores);
  void require_numbers();
  void save();
  void save_once();

  const TrainRequest& request_;
  const TrainConfig& config_;
  const RunData& data_;
  RankGroup& group_;
  WorkerThreads threads_;
  Replicas replicas_;
  std::unique_ptr<Optimiser> optimiser_;
  RunState state_;
  std::deque<Worker> workers_;
  torch::Tensor loss_sum_;    ///< state_.loss_sum as the device has it
  torch::Tensor rate_scale_;  ///< on a GPU: the value of the schedule
  std::unique_ptr<StepRunner> update_runner_;
  RunRecord record_;
  bool save_asked_ = false;
  /// Of other ranks: the state whose row rank 0 may not have written yet.
  std::optional<RunState> owed_;
};

Trainer::Trainer(const TrainRequest& request, const RunData& data)
    : request_(request),
      config_(request.train),
      data_(data),
      group_(*request.ranks),
      threads_(config_.workers / group_.count()),
      replicas_([&] { return make_model(request.model, data.task, config_.seed); },
                threads_.count(),
                request.device,
                request.ranks),
      optimiser_(make_optimiser(replicas_.master().weights(), optimiser_config(config_))),
      loss_sum_(torch::zeros({}, torch::TensorOptions(torch::kFloat64).device(request.device))),
      rate_scale_(torch::zeros({}, torch::TensorOptions().device(request.device))),
      update_runner_(make_step_runner(request.device)),
      record_(request, data, replicas_.parameters()) {
  if (record_.writes()) resume();
  share_state(group_, replicas_.master(), *optimiser_, state_);
  loss_sum_.fill_(state_.loss_sum);
  for (int worker = 0; worker < threads_.count(); ++worker) {
    workers_.emplace_back(*data.batches, config_, replicas_,
                          group_.rank() * threads_.count() + worker, state_.step);
  }
  record_.open_log(owes_row() ? state_.step - 1 : state_.step);
}

void Trainer::resume() {
  create_folder(request_.folder.checkpoints());
  const std::vector<std::uint64_t> steps = request_.folder.steps();
  if (steps.empty()) return;
  const std::filesystem::path checkpoint = request_.folder.checkpoint(steps.back());
  state_ = run_state(load_checkpoint(checkpoint, replicas_.master(), optimiser_.get()));
}

RunState Trainer::run() {
  record_.write_info("running", state_);
  replicas_.train(true);
  try {
    learn();
  } catch (const Interrupted&) {
    stop();
  } catch (const RankLost& lost) {
    give_up(lost);
  }
  return state_;
}

void Trainer::learn() {
  if (owes_row()) after_step();
  while (state_.step < config_.steps) {
    step();
    after_step();
  }
  record_.finish_log();
  record_.write_info("finished", state_);
  group_.finish();
}

/// Where work was interrupted: the state is that after the last update, whose row may be owed.
void Trainer::stop() {
  collect_loss();
  if (record_.writes()) save_once();
  record_.write_info("interrupted", state_);
  group_.finish();
  throw Interrupted(cat("interrupted; step ", state_.step, " of ", config_.steps, " is saved in ",
                        request_.folder.path().string(), "; go on with --resume"));
}

/// Every rank has the whole state, so any one that is well can save it.
void Trainer::give_up(const RankLost& lost) {
  if (!lost.speaks() || !std::filesystem::exists(request_.folder.config())) throw lost;
  record_.take_over();
  collect_loss();
  if (owed_) state_ = *owed_;
  save_once();
  record_.write_info("interrupted", state_);
  throw RankLost(cat(lost.what(), "; step ", state_.step, " of ", config_.steps, " is saved in ",
                     request_.folder.path().string(), "; go on with --resume"),
                 true);
}

void Trainer::save_once() {
  if (!std::filesystem::exists(request_.folder.checkpoint(state_.step))) save();
  record_.finish_log();
}

void Trainer::step() {
  const std::vector<torch::Tensor> losses = group_.count() == 1 ? work_alone() : work_together();
  const torch::NoGradGuard no_gradients;
  replicas_.sum_gradients();
  update();
  for (const torch::Tensor& loss : losses) loss_sum_ += loss;
  ++state_.step;
  ++state_.loss_steps;
}

/// The loss of each worker, on the device.
std::vector<torch::Tensor> Trainer::work_alone() {
  threads_.run([this](int worker) { workers_[static_cast<std::size_t>(worker)].run(); });
  save_asked_ = take_save_request();
  std::vector<torch::Tensor> losses;
  for (const Worker& worker : workers_) losses.push_back(worker.loss());
  return losses;
}

/// That of each worker of all ranks, on the CPU.
std::vector<torch::Tensor> Trainer::work_together() {
  constexpr std::int64_t kBefore = 2;  // values of a rank, before its losses
  const torch::Tensor told = group_.together(kBefore + threads_.count(), [this] {
    std::vector<double> own = {0, 0};
    for (const torch::Tensor& loss : work_alone()) own.push_back(loss.item<double>());
    own[0] = save_asked_ ? 1 : 0;
    own[1] = record_.own_seconds();
    return own;
  });
  owed_.reset();
  const torch::Tensor sums = told.sum(0);
  save_asked_ = sums[0].item<double>() > 0;
  record_.set_others_seconds((sums[1] - told[group_.rank()][1]).item<double>());
  return told.narrow(1, kBefore, threads_.count()).reshape(-1).unbind();
}

/// On a CPU the workers make it together; on a GPU it is recorded as the rest of the step is.
void Trainer::update() {
  const double scale = learning_rate_scale(config_, state_.step);
  if (request_.device.is_cpu()) {
    const UpdateShare share{group_.rank(), group_.count(),
                            [this](const torch::Tensor& rows) { group_.share_rows(rows, 1); }};
    optimiser_->step(scale,
                     {threads_.count(),
                      [this](const std::function<void(int)>& work) { threads_.run(work); }, share});
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
  record_.progress(state_.step);
  const bool asked = std::exchange(save_asked_, false);
  const bool saves = asked || validates() || due(state_.step, config_.checkpoint_every);
  if (logs() || saves) collect_loss();
  if (logs()) {
    const ValidationScores scores = validates() ? validate() : ValidationScores{};
    note_best(scores);
    record_.row(state_, items_seen(), scores);
    if (!record_.writes()) owed_ = state_;
    state_.loss_sum = 0;
    state_.loss_steps = 0;
    loss_sum_.zero_();
  }
  if (!saves) return;
  require_same_weights(group_, replicas_.master());
  save();
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
    if (sets[i].picture) record_.picture(state_.step, name + "/answers", *sets[i].picture);
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
  record_.save(state_, replicas_.master(), *optimiser_);
}

}  // namespace

RunState train_run(const TrainRequest& request, const RunData& data) {
  return Trainer(request, data).run();
}

}  // namespace recombine
